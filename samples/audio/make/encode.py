"""Writes audio as wav, flac, mp3, ogg or opus with its tags, the same bytes each time."""

import subprocess
import tempfile
from pathlib import Path

import soundfile

ARTIST = "MuLan Notebooks"
OPTIONS = {
    "wav": ["-c:a", "pcm_s16le"],
    "flac": ["-c:a", "flac", "-sample_fmt", "s16", "-compression_level", "12"],
    "mp3": ["-c:a", "libmp3lame", "-id3v2_version", "3"],
    "ogg": ["-c:a", "libvorbis", "-q:a", "2"],
    "opus": ["-c:a", "libopus"],
}
MP3_KBPS = {1: 64, 2: 96}
OPUS_KBPS = {1: 48, 2: 64}


def encode(audio, rate, path: Path, title, genre):
    kind = path.suffix[1:]
    channels = audio.shape[1]
    rate_option = {"mp3": ["-b:a", f"{MP3_KBPS[channels]}k"], "opus": ["-b:a", f"{OPUS_KBPS[channels]}k"]}.get(kind, [])
    tags = {"title": title, "artist": ARTIST, "album": "MuLan Notebooks samples", "genre": genre, "copyright": "CC0-1.0"}
    metadata = [word for key, value in tags.items() for word in ("-metadata", f"{key}={value}")]
    with tempfile.TemporaryDirectory() as folder:
        raw = Path(folder, "audio.wav")
        soundfile.write(raw, audio, rate, "FLOAT")
        exact = ["-fflags", "+bitexact", "-flags:a", "+bitexact"]
        subprocess.run(
            ["ffmpeg", "-v", "error", "-y", "-i", raw, "-map_metadata", "-1", *metadata, *OPTIONS[kind], *rate_option, *exact, path],
            check=True,
        )
