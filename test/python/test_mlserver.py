"""Towers served by MLServer, an Open Inference Protocol v2 server from PyPI, behind load({ server, model })."""

import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("mlserver")
ROOT = Path(__file__).parents[2]
TINY = ROOT / "test" / "fixtures" / "models" / "tiny"

SCRIPT = """
import { Clip, load } from "./dist/index.js";
const [server, folder] = process.argv.slice(1);
const pcm = Float32Array.from({ length: 20000 }, (_, i) => Math.sin(i * 0.1));
const clip = Clip.fromSamples(pcm, 8000, { label: "tone" });
const found = {};
for (const [where, source] of [["here", folder], ["there", { server, model: "tiny", folder }]]) {
  const model = await load(source, { device: "cpu" });
  const audio = await model.embedAudio(clip, { cache: false });
  const text = await model.embedText(["piano", "loud drums and bass"], { cache: false });
  found[where] = { audio: [...audio.data], text: [...text.data], runs: model.describe().device.used, version: model.describe().runtimeVersion };
  await model.dispose();
}
console.log(JSON.stringify(found));
process.exit(0);
"""


def free_ports(n):
    sockets = [socket.socket() for _ in range(n)]
    for one in sockets:
        one.bind(("127.0.0.1", 0))
    ports = [one.getsockname()[1] for one in sockets]
    for one in sockets:
        one.close()
    return ports


@pytest.fixture
def server(tmp_path):
    http, grpc, metrics = free_ports(3)
    (tmp_path / "settings.json").write_text(json.dumps({
        "host": "127.0.0.1", "http_port": http, "grpc_port": grpc, "metrics_port": metrics, "parallel_workers": 0, "debug": False,
    }))
    for tower in ("audio", "text"):
        folder = tmp_path / tower
        folder.mkdir()
        settings = {"name": f"tiny_{tower}", "implementation": "onnx_runtime.OnnxRuntime", "parameters": {"uri": str(TINY / f"{tower}.onnx")}}
        (folder / "model-settings.json").write_text(json.dumps(settings))
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "test" / "support" / "mlserver")}
    with open(tmp_path / "server.log", "w") as log:
        process = subprocess.Popen([sys.executable, "-c", "from mlserver.cli import main; main()", "start", str(tmp_path)], env=environment, stdout=log, stderr=log)
    url = f"http://127.0.0.1:{http}"
    try:
        for _ in range(300):
            try:
                urllib.request.urlopen(f"{url}/v2/health/ready", timeout=1)
                break
            except OSError:
                assert process.poll() is None, (tmp_path / "server.log").read_text()
                time.sleep(0.2)
        yield url
    finally:
        process.terminate()
        process.wait(20)


def test_mlserver_towers_embed_as_they_do_here(server, tmp_path):
    command = ["node", "--input-type=module", "-e", SCRIPT, server, str(TINY)]
    environment = {**os.environ, "MULAN_CACHE_DIR": str(tmp_path / "cache")}
    run = subprocess.run(command, cwd=ROOT, env=environment, check=False, capture_output=True, text=True)
    assert run.returncode == 0, run.stderr + (tmp_path / "server.log").read_text()[-2000:]
    found = json.loads(run.stdout)
    assert found["there"]["runs"] == "server"
    assert "mlserver" in found["there"]["version"].lower()
    for what in ("audio", "text"):
        np.testing.assert_allclose(found["there"][what], found["here"][what], atol=1e-5)
