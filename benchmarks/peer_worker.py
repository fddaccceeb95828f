"""One run of SimFaaS on a load of the comparison; runs in the peer's own environment.

Prints one JSON line. Only ``generate_trace`` is timed, imports are not.
"""

import json
import sys
import time

import numpy as np
from simfaas.ServerlessSimulator import ServerlessSimulator


def main() -> None:
    """Read the load from the first argument and print what the run measured."""
    load = json.loads(sys.argv[1])
    np.random.seed(load["seed"])
    simulator = ServerlessSimulator(
        arrival_rate=load["rate"],
        warm_service_rate=1 / load["warm_s"],
        cold_service_rate=1 / (load["warm_s"] + load["init_s"]),
        expiration_threshold=load["keep_alive_s"],
        max_time=load["horizon_s"],
        maximum_concurrency=load["concurrency"],
    )
    wall, cpu = time.perf_counter(), time.process_time()
    simulator.generate_trace(debug_print=False, progress=False)
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    times = np.array(simulator.hist_times)
    warm_up = load["warm_up_s"]

    def after(indices):
        return int((times[np.array(indices, dtype=int) + 1] >= warm_up).sum()) if indices else 0

    rejected = after(simulator.hist_req_rej_idxs)
    cold = after(simulator.hist_req_cold_idxs)
    served = cold + after(simulator.hist_req_warm_idxs)
    lengths = np.diff(times)
    kept = times[:-1] >= warm_up
    busy = float((np.array(simulator.hist_server_running_count)[kept] * lengths[kept]).sum())
    print(
        json.dumps(
            {
                "requests": simulator.total_req_count,
                "wall_s": wall,
                "cpu_s": cpu,
                "cold": cold / served,
                "throttled": rejected / (rejected + served),
                "busy": busy / float(lengths[kept].sum()),
            }
        )
    )


if __name__ == "__main__":
    main()
