// Tells the terminal where its server is, and the visitor why a visit has ended.
"use strict";

const REASONS = {
  1001: "The server was ended. Your visit has ended with it.",
  4001: "Your visit has ended: nothing was typed for a while.",
  4002: "There is no room just now. Come back in a few minutes.",
};

window.WebSocket = class extends window.WebSocket {
  constructor(...where) {
    super(...where);
    this.addEventListener("close", (event) => {
      const why = REASONS[event.code];
      if (why) document.getElementById("why").textContent = why;
      document.getElementById("start").focus();
    });
  }
};

document.addEventListener("DOMContentLoaded", () => {
  const address = new URL("ws", document.baseURI);
  address.search = "";
  address.protocol = address.protocol.replace("http", "ws");
  document.getElementById("terminal").dataset.sessionWebsocketUrl = address.href;
  // Keys go to the program as soon as it is there, without a click.
  new MutationObserver((_, observer) => {
    if (!document.body.classList.contains("-first-byte")) return;
    observer.disconnect();
    document.querySelector(".xterm-helper-textarea").focus();
  }).observe(document.body, { attributes: true });
  document.getElementById("start").addEventListener("click", () => window.location.reload());
});
