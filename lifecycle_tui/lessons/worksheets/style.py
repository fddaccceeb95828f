"""How a worksheet looks: black on white, on A4 and on Letter, and nothing to fetch."""

from __future__ import annotations

from typing import Final

STYLE: Final = """\
@page{margin:14mm 15mm 16mm;@bottom-left{content:"FOOT";font:8pt sans-serif}
@bottom-right{content:counter(page) " / " counter(pages);font:8pt sans-serif}}
*{box-sizing:border-box}
body{max-width:180mm;margin:0 auto;padding:8mm 4mm;background:#fff;color:#000;
font:10.5pt/1.4 system-ui,-apple-system,"Segoe UI","Liberation Sans",Arial,sans-serif}
h1{font-size:17pt;line-height:1.2;margin:0 0 1mm}
h2{font-size:13pt;margin:7mm 0 1mm;padding-bottom:.8mm;border-bottom:1.2pt solid #000}
h3{font-size:11pt;margin:5mm 0 1mm}
h1,h2,h3,h4{break-after:avoid}
h2+p,.lead{break-after:avoid}
p{margin:0 0 2mm;orphans:3;widows:3}
ul{margin:0 0 2mm;padding-left:5mm}
pre{margin:0 0 2mm;padding:1.5mm 2.5mm;border:.5pt solid #000;white-space:pre-wrap;
overflow-wrap:anywhere;break-inside:avoid;font:9pt/1.35 ui-monospace,"Liberation Mono",monospace}
.who{display:flex;gap:6mm;margin:3mm 0 3mm}.who span{flex:1;border-bottom:.6pt solid #000;
padding:0 0 .5mm}.who span+span{flex:.5}
.mark{font-size:8.5pt;margin:0 0 2mm}
.task{break-inside:avoid;margin:0 0 4mm}
.turn{break-before:page}
figure{margin:0 0 2mm;break-inside:avoid}
figure svg{display:block;width:100%;height:auto}
figcaption{font-size:9.5pt;margin:0 0 1mm}
.ask{display:flex;gap:8mm;align-items:flex-start;break-inside:avoid}
table{border-collapse:collapse;font-size:9.5pt;flex:1;break-inside:avoid}
th,td{border:.5pt solid #000;padding:1mm 1.5mm;text-align:left;height:6.4mm}
th{font-weight:bold;font-size:8.5pt}
td.h{min-width:16mm}
ol.o{list-style:none;margin:1mm 0 2mm;padding:0}
ol.o li{margin:.8mm 0;padding-left:12mm;text-indent:-12mm}
.box{display:inline-block;width:4mm;height:4mm;border:.8pt solid #000;margin:0 2mm 0 0;
vertical-align:-.6mm;text-indent:0;text-align:center;line-height:3.4mm}
.lines{min-height:20mm;margin:0 0 1mm;border:solid #000;border-width:.4pt 0;padding:1mm 0}
.room{min-height:22mm;border:.5pt solid #000;padding:1.5mm 2mm;margin:1mm 0 1mm}
.blank{display:inline-block;min-width:34mm;border-bottom:.6pt solid #000;text-align:center}
.c{margin:0;padding-left:6mm}.c li{margin:0 0 2.5mm;break-inside:avoid;padding-left:1mm}
.bank{break-after:avoid;border:.5pt solid #000;padding:1.5mm 2mm}
.small{font-size:8.5pt}
b.a{font-style:italic}
.key p{margin:.5mm 0 0}.lines,.key{font-size:9pt;line-height:1.3}
svg text{font:9px system-ui,"Liberation Sans",Arial,sans-serif}
svg text.a{font-size:8px;font-weight:bold;font-style:italic;text-anchor:middle}
svg .s{stroke:#000;stroke-width:.8}
svg .b{fill:#fff;stroke:#000;stroke-width:.7}
svg .l{fill:none;stroke:#000;stroke-width:.7}
svg .g{fill:none;stroke:#000;stroke-width:.4;stroke-dasharray:1 2.5}
svg .d{fill:none;stroke:#000;stroke-width:.7;stroke-dasharray:3 2}
svg .c{fill:none;stroke:#000;stroke-width:3}
@media print{body{padding:0;max-width:none}}
"""
"""``FOOT`` stands for what is at the foot of each page; browsers that know no feet leave it out."""
