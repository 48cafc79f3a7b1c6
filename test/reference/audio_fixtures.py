"""Tiny encoded files for the decoder tests, and what ffmpeg decodes them to.

Writes test/fixtures/audio/* and test/goldens/audio/decoded.safetensors (three short spans of each file, as float32
[channel, frame], with the number of frames). Needs ffmpeg with libmp3lame, libvorbis and libopus on PATH.
The decoders compared are ffmpeg's own, except libopus for Opus and libvorbis (by soundfile) for Ogg Vorbis, of
whose single-page files ffmpeg leaves out the first 128 samples.
"""
from __future__ import annotations

import json
import subprocess
import wave
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import soundfile
from safetensors.numpy import save_file

ROOT = Path(__file__).resolve().parents[2]
FIXTURES = ROOT / "test" / "fixtures" / "audio"
GOLDENS = ROOT / "test" / "goldens" / "audio" / "decoded.safetensors"
SPAN = 500

TAGS = ["-metadata", "title=Nachtstück №1", "-metadata", "artist=夜の海", "-metadata", "album=Fixtures"]
#: name: (source, ffmpeg's encoder arguments)
FILES = {
    "tagged.mp3": ("short", ["-c:a", "libmp3lame", "-b:a", "96k", *TAGS]),
    "vbr.mp3": ("long", ["-c:a", "libmp3lame", "-q:a", "7", "-ac", "1", "-ar", "32000"]),
    "cbr.mp3": ("long", ["-c:a", "libmp3lame", "-b:a", "32k", "-ac", "1", "-ar", "22050"]),
    "no-header.mp3": ("short", ["-c:a", "libmp3lame", "-b:a", "64k", "-write_xing", "0", "-id3v2_version", "0"]),
    "stereo.flac": ("short", ["-c:a", "flac", "-ar", "22050", *TAGS]),
    "mono24.flac": ("short", ["-c:a", "flac", "-sample_fmt", "s32", "-ac", "1", "-ar", "16000"]),
    "long.flac": ("long", ["-c:a", "flac", "-ac", "1", "-ar", "8000", "-frame_size", "1024"]),
    "flac.oga": ("short", ["-c:a", "flac", "-ac", "1", "-ar", "16000", "-f", "ogg"]),
    "stereo.ogg": ("short", ["-c:a", "libvorbis", "-q:a", "1", *TAGS]),
    "long.ogg": ("long", ["-c:a", "libvorbis", "-q:a", "0", "-ac", "1", "-ar", "22050"]),
    "stereo.opus": ("short", ["-c:a", "libopus", "-b:a", "48k", *TAGS]),
    "long.opus": ("long", ["-c:a", "libopus", "-b:a", "16k", "-ac", "1"]),
    "alaw.wav": ("short", ["-c:a", "pcm_alaw", "-ac", "1", "-ar", "8000"]),
    "mulaw.wav": ("short", ["-c:a", "pcm_mulaw", "-ac", "1", "-ar", "8000"]),
    "ima.wav": ("short", ["-c:a", "adpcm_ima_wav", "-ac", "1", "-ar", "8000"]),
    "ms.wav": ("short", ["-c:a", "adpcm_ms", "-ac", "1", "-ar", "8000"]),
    "rf64.wav": ("short", ["-c:a", "pcm_s16le", "-ac", "1", "-ar", "8000", "-rf64", "always"]),
    "extensible.wav": ("short", ["-c:a", "pcm_s24le", "-af", "aformat=channel_layouts=5.1", "-ar", "8000", "-t", "0.2"]),
    "aac.m4a": ("short", ["-c:a", "aac", "-b:a", "48k", *TAGS]),
}


def music(seconds: float, rate: int = 44_100) -> np.ndarray:
    """Two voices that move between the channels, with clicks that show any shift; int16 [frame, channel]."""
    t = np.arange(int(seconds * rate)) / rate
    rng = np.random.default_rng(11)
    notes = 220 * 2 ** (np.floor(t * 4) % 12 / 12)
    phase = 2 * np.pi * np.cumsum(notes) / rate
    envelope = np.exp(-5 * (t * 4 % 1))
    left = 0.4 * envelope * np.sin(phase) + 0.1 * np.sin(3 * phase) * envelope
    right = 0.3 * np.sin(phase / 2) * (0.5 + 0.5 * np.sin(2 * np.pi * 0.7 * t))
    sound = np.stack([left, right], axis=1) + 0.002 * rng.standard_normal((len(t), 2))
    sound[:: rate // 3] = 0.8
    return np.round(np.clip(sound, -1, 1) * 32767).astype(np.int16)


def write_wav(path: Path, samples: np.ndarray) -> None:
    with wave.open(str(path), "wb") as out:
        out.setnchannels(2)
        out.setsampwidth(2)
        out.setframerate(44_100)
        out.writeframes(samples.tobytes())


def ffmpeg(*args: str) -> bytes:
    done = subprocess.run(["ffmpeg", "-v", "error", "-nostdin", "-y", *args], check=True, stdout=subprocess.PIPE)
    return done.stdout


def channels_of(path: Path) -> int:
    probe = ["ffprobe", "-v", "error", "-select_streams", "a:0", "-show_entries", "stream=channels", "-of", "csv=p=0"]
    return int(subprocess.run([*probe, str(path)], check=True, stdout=subprocess.PIPE, text=True).stdout.strip().strip(","))


def decode(path: Path) -> np.ndarray:
    if path.suffix == ".ogg":
        return soundfile.read(path, dtype="float32", always_2d=True)[0].T
    decoder = ["-c:a", "libopus"] if path.suffix == ".opus" else []
    raw = ffmpeg(*decoder, "-i", str(path), "-f", "f32le", "-c:a", "pcm_f32le", "pipe:1")
    return np.frombuffer(raw, np.float32).reshape(-1, channels_of(path)).T


def main() -> None:
    FIXTURES.mkdir(parents=True, exist_ok=True)
    tensors: dict[str, np.ndarray] = {}
    frames: dict[str, int] = {}
    with TemporaryDirectory() as folder:
        sources = {"short": Path(folder) / "short.wav", "long": Path(folder) / "long.wav"}
        write_wav(sources["short"], music(0.9))
        write_wav(sources["long"], music(15))
        for name, (source, args) in FILES.items():
            path = FIXTURES / name
            ffmpeg("-i", str(sources[source]), "-map_metadata", "-1", "-fflags", "+bitexact", "-flags:a", "+bitexact",
                   "-ar", "48000" if path.suffix == ".opus" else "44100", *args, str(path))
            decoded = decode(path)
            frames[name] = decoded.shape[1]
            for place, start in (("start", 0), ("middle", decoded.shape[1] // 2), ("end", decoded.shape[1] - SPAN)):
                tensors[f"{name}/{place}"] = np.ascontiguousarray(decoded[:, start : start + SPAN])
    save_file(tensors, GOLDENS, metadata={"frames": json.dumps(frames)})
    size = sum(path.stat().st_size for path in FIXTURES.iterdir())
    print(f"{len(FILES)} files, {size} bytes; goldens {GOLDENS.stat().st_size} bytes")


if __name__ == "__main__":
    main()
