"""ipykernel's start and warm cell round trip, for comparison with bench/session.ts."""
import time

from jupyter_client.manager import start_new_kernel

begin = time.perf_counter()
manager, client = start_new_kernel(kernel_name="python3")
ready = (time.perf_counter() - begin) * 1000
client.execute_interactive("x = 1", silent=False, output_hook=lambda message: None)
times = []
for i in range(200):
    begin = time.perf_counter()
    client.execute_interactive(f"x + 1 # {i}", output_hook=lambda message: None)
    times.append((time.perf_counter() - begin) * 1000)
times.sort()
print(f"ipykernel ready: {ready:.0f} ms; round trip: p50 {times[100]:.2f} ms, p95 {times[190]:.2f} ms")
client.stop_channels()
manager.shutdown_kernel(now=True)
