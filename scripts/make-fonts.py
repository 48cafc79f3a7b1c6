"""Makes the fonts that figures are drawn with: kernel/mulan/figures/fonts/*.otf|ttf.

    pip install fonttools==4.68.0 brotli==1.2.1
    python scripts/make-fonts.py SOURCES OUT

SOURCES holds the unpacked upstream fonts, found by file name anywhere below it:
  Debian fonts-inter 4.0~beta7+ds-1          Inter-Regular.otf, Inter-SemiBold.otf
  Debian fonts-noto-cjk 20220127+repack1-1   NotoSansCJK-Regular.ttc (face 0: Noto Sans CJK JP)
  Debian fonts-noto-core 20201225-1          NotoSansArabic/Hebrew/Devanagari/Thai-Regular.ttf,
                                             NotoSansSymbols-, NotoSansSymbols2-, NotoSansMath-, NotoMusic-Regular.ttf
  npm @fontsource/noto-emoji 5.3.2           noto-emoji-emoji-400-normal.woff2
All are under the SIL Open Font License 1.1 without a reserved name; the licence text is written beside them.
Nothing here is random: the same sources give the same bytes.
"""

import sys
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTCollection, TTFont

sources, out = Path(sys.argv[1]), Path(sys.argv[2])


def find(name: str) -> Path:
    return next(sources.rglob(name))


def span(first: int, last: int) -> set[int]:
    return set(range(first, last + 1))


def decodable(codec: str, leads: range, trails: range, lead_prefix: bytes = b"") -> set[int]:
    """The characters that a two-byte legacy character set knows: what its users write every day."""
    found = set()
    for lead in leads:
        for trail in trails:
            try:
                text = (lead_prefix + bytes([lead, trail])).decode(codec)
            except UnicodeDecodeError:
                continue
            found |= {ord(character) for character in text}
    return found


UI = (
    span(0x20, 0x7E) | span(0xA0, 0x17F) | span(0x18F, 0x192) | span(0x1A0, 0x1B0) | span(0x1CD, 0x1DC)
    | span(0x200, 0x21B) | span(0x250, 0x259) | span(0x2B9, 0x2DD) | span(0x300, 0x338) | span(0x370, 0x3FF)
    | span(0x400, 0x52F) | span(0x1E00, 0x1EFF) | span(0x2000, 0x206F) | span(0x2070, 0x209C)
    | span(0x20A0, 0x20C0) | span(0x2100, 0x214F) | span(0x2150, 0x215F) | span(0x2190, 0x21FF)
    | span(0x2200, 0x22FF) | span(0x25A0, 0x25FF) | {0x2713, 0x2717, 0xFFFD}
)
JIS = decodable("euc_jp", range(0xA1, 0xFF), range(0xA1, 0xFF))
GB2312 = decodable("gb2312", range(0xA1, 0xF8), range(0xA1, 0xFF))
BIG5_LEVEL_1 = decodable("big5", range(0xA1, 0xC7), range(0x40, 0xFF))
KS_X_1001 = decodable("euc_kr", range(0xA1, 0xC9), range(0xA1, 0xFF))
CJK = (
    (JIS | GB2312 | BIG5_LEVEL_1 | KS_X_1001) & (span(0x2E80, 0xD7FF) | span(0xF900, 0xFFEF))
) | span(0x3000, 0x30FF) | span(0x31F0, 0x31FF) | span(0x3105, 0x312F) | span(0xFF01, 0xFFEE) | {0x266A, 0x266D, 0x266F, 0x2605, 0x2606}
SYMBOLS = span(0x2300, 0x23FF) | span(0x2440, 0x245F) | span(0x2460, 0x24FF) | span(0x2600, 0x27BF) | span(0x2900, 0x2BFF) | span(0x1F000, 0x1F0FF)


def write(font: TTFont, name: str, unicodes: set[int] | None, features: list[str]) -> None:
    options = subset.Options()
    options.layout_features = features
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14, 16, 17]
    options.notdef_outline = True
    options.hinting = False
    options.desubroutinize = False
    options.drop_tables += ["STAT", "DSIG", "vhea", "vmtx", "VORG", "BASE", "MATH", "meta"]
    options.recalc_timestamp = False
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=unicodes if unicodes is not None else set(font.getBestCmap()))
    subsetter.subset(font)
    font.flavor = None
    suffix = "otf" if "CFF " in font else "ttf"
    path = out / f"{name}.{suffix}"
    font.save(path)
    print(f"{path.name}: {path.stat().st_size / 1e6:.2f} MB, {len(font.getBestCmap())} characters")


def with_tabular_digits(font: TTFont) -> TTFont:
    """resvg knows no font-feature-settings: the tabular figures become the font's own digits."""
    gsub = font["GSUB"].table
    swaps: dict[str, str] = {}
    for record in gsub.FeatureList.FeatureRecord:
        if record.FeatureTag == "tnum":
            for index in record.Feature.LookupListIndex:
                for table in gsub.LookupList.Lookup[index].SubTable:
                    swaps |= getattr(getattr(table, "ExtSubTable", table), "mapping", {})
    digits = set(span(0x30, 0x39)) | {0x2B, 0x2D, 0x2E, 0x2C, 0x3A, 0x2212, 0x2007, 0xB1}
    narrow = {0x2E, 0x2C, 0x3A}
    for table in font["cmap"].tables:
        for code in digits - narrow:
            if table.cmap.get(code) in swaps:
                table.cmap[code] = swaps[table.cmap[code]]
    return font


out.mkdir(parents=True, exist_ok=True)
# Emoji sequences stay apart: resvg 0.41 loses the whole line when a ligature spans several code points.
SHAPING = ["ccmp", "locl", "mark", "mkmk", "init", "medi", "fina", "isol", "rlig", "liga", "calt"]
INDIC = ["*"]
write(with_tabular_digits(TTFont(find("Inter-Regular.otf"))), "Inter-Regular", UI, ["ccmp", "mark", "mkmk"])
write(with_tabular_digits(TTFont(find("Inter-SemiBold.otf"))), "Inter-SemiBold", UI, ["ccmp", "mark", "mkmk"])
write(TTCollection(find("NotoSansCJK-Regular.ttc")).fonts[0], "NotoSansCJKjp-Regular", CJK, ["ccmp"])
write(TTFont(find("noto-emoji-emoji-400-normal.woff2")), "NotoEmoji-Regular", None, [])
for script in ["Arabic", "Hebrew", "Thai"]:
    write(TTFont(find(f"NotoSans{script}-Regular.ttf")), f"NotoSans{script}-Regular", None, SHAPING)
write(TTFont(find("NotoSansDevanagari-Regular.ttf")), "NotoSansDevanagari-Regular", None, INDIC)
write(TTFont(find("NotoSansSymbols-Regular.ttf")), "NotoSansSymbols-Regular", SYMBOLS, [])
write(TTFont(find("NotoSansSymbols2-Regular.ttf")), "NotoSansSymbols2-Regular", SYMBOLS, [])
write(TTFont(find("NotoMusic-Regular.ttf")), "NotoMusic-Regular", span(0x2669, 0x266F) | span(0x1D100, 0x1D1DD), [])
