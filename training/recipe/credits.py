"""Who made the recordings that training heard, read from each package's machine-readable copyright file."""
from __future__ import annotations

import fnmatch
import re
from dataclasses import dataclass
from pathlib import Path

import soundfile


@dataclass(frozen=True)
class Stanza:
    patterns: tuple[str, ...]
    holders: tuple[str, ...]
    licence: str

    def covers(self, track: Path) -> bool:
        """Paths in the source differ from installed ones, so the file name or its last two parts decide."""
        for pattern in self.patterns:
            last = pattern.split("/")[-1]
            if pattern == "*" or last == track.name:
                return True
            tail = "/".join(pattern.split("/")[-2:])
            if "*" in last and "/" in pattern and fnmatch.fnmatch("/".join(track.parts[-2:]), tail):
                return True
        return False


def stanzas(copyright_file: Path) -> list[Stanza]:
    """The `Files:` paragraphs of a DEP-5 copyright file, in order; the last that covers a file holds."""
    found = []
    for paragraph in re.split(r"\n\s*\n", copyright_file.read_text(errors="replace")):
        fields: dict[str, list[str]] = {}
        name = ""
        for line in paragraph.splitlines():
            match = re.match(r"([A-Za-z-]+):\s*(.*)", line)
            if match and not line.startswith(" "):
                name = match.group(1).lower()
                fields[name] = [match.group(2)]
            elif name:
                fields[name].append(line.strip())
        if "files" in fields:
            patterns = tuple(part for line in fields["files"] for part in re.split(r"[\s,]+", line) if part)
            holders = tuple(line.strip() for line in fields.get("copyright", []) if line.strip())
            found.append(Stanza(patterns, holders, (fields.get("license") or [""])[0].strip()))
    return found


def credit(track: Path, known: list[Stanza]) -> tuple[str, str, str]:
    """(title or file name, artist or copyright holders, licence as the package states it)."""
    with soundfile.SoundFile(track) as file:
        tags = file.copy_metadata()
    mine = [stanza for stanza in known if stanza.covers(track)]
    holders, licence = (", ".join(mine[-1].holders), mine[-1].licence) if mine else ("", "")
    artist = tags.get("artist", "").strip()
    if artist.startswith("<"):
        artist = ""
    who = f"{artist}, tagged in the file; package: {holders}" if artist and artist not in holders else holders
    return track.name, re.sub(r"<[^>]*@[^>]*>|https?://\S+", "", who).strip(), licence
