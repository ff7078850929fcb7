"""Scenes as SVG: text as text with fallback fonts, every word escaped, the same bytes every time."""

import html
from collections.abc import Iterable, Sequence

from junheng.reports.charts.canvas import WHITE
from junheng.reports.maps.scene import STRIPE, Disc, Item, Layer, Scene, Shape, Spot, Words, clean

FONTS = "'Noto Sans CJK SC','Noto Sans SC','Source Han Sans SC','PingFang SC','Microsoft YaHei','SimHei',sans-serif"
HATCH, STRIPES = "hatch", "stripes"


def safe(words: str) -> str:
    """Words for text and attributes of XML and HTML; characters XML cannot hold become U+FFFD."""
    return html.escape(clean(words), quote=True)


def svg(scene: Scene, width_px: int = 0) -> str:
    """A whole SVG file; ``width_px`` 0 lets the reader's page set the size."""
    size = f' width="{width_px}" height="{round(width_px * scene.height / scene.width)}"' if width_px else ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {scene.width} {scene.height}"{size} role="img" '
        f'font-family="{FONTS}" fill-rule="evenodd" stroke-linejoin="round">'
        f"<title>{safe(scene.title)}</title><desc>{safe(scene.description)}</desc>"
        f'{hatch(HATCH)}{_STRIPED}<rect width="{scene.width}" height="{scene.height}" fill="{WHITE}"/>'
        + "".join(map(layer, scene.layers))
        + "</svg>\n"
    )


_STRIPED = (
    f'<defs><pattern id="{STRIPES}" width="120" height="120" patternUnits="userSpaceOnUse" '
    f'patternTransform="rotate(45)"><path d="M0 0V120" stroke="{STRIPE}" stroke-width="28"/></pattern></defs>'
)


def hatch(name: str) -> str:
    """The pattern of areas whose value is unknown."""
    return (
        f'<defs><pattern id="{name}" width="90" height="90" patternUnits="userSpaceOnUse" '
        'patternTransform="rotate(45)"><rect width="90" height="90" fill="#fff"/>'
        '<path d="M0 0V90" stroke="#9aa1a9" stroke-width="24"/></pattern></defs>'
    )


def layer(found: Layer) -> str:
    """A layer as a group whose id is the layer's name."""
    return f'<g id="{safe(found.name)}">' + "".join(map(item, found.items)) + "</g>"


def item(found: Item) -> str:
    """One item as an element."""
    if isinstance(found, Shape):
        return _shape(found)
    if isinstance(found, Disc):
        return _disc(found)
    return _words(found)


def _titled(start: str, tag: str, title: str) -> str:
    return f"{start}><title>{safe(title)}</title></{tag}>" if title else f"{start}/>"


def _shape(found: Shape) -> str:
    fill = f"url(#{HATCH})" if found.is_hatched else found.fill or "none"
    fill = f"url(#{STRIPES})" if found.is_striped else fill
    start = f'<path d="{path(found.lines, found.is_closed)}" fill="{fill}"'
    if found.stroke:
        start += f' stroke="{found.stroke}" stroke-width="{found.width}"'
        start += f' stroke-dasharray="{found.dash}"' if found.dash else ""
        start += "" if found.is_closed else ' stroke-linecap="round"'
    start += f' opacity="{found.opacity:g}"' if found.opacity < 1 else ""
    return _titled(start, "path", found.title)


def _disc(found: Disc) -> str:
    start = f'<circle cx="{found.x}" cy="{found.y}" r="{found.radius}" fill="{found.fill}"'
    start += f' stroke="{found.stroke}" stroke-width="{found.width}"' if found.width else ""
    return _titled(start, "circle", found.title)


def _words(found: Words) -> str:
    start = f'<text x="{found.x}" y="{found.y}" font-size="{found.size}" fill="{found.colour}"'
    start += f' text-anchor="{found.anchor}"' if found.anchor != "start" else ""
    start += f' letter-spacing="{found.spacing}"' if found.spacing else ""
    if found.halo:
        start += f' stroke="{WHITE}" stroke-width="{found.halo}" paint-order="stroke"'
    return f"{start}>{safe(found.text)}</text>"


def path(lines: Iterable[Sequence[Spot]], is_closed: bool = True) -> str:
    """The short form of lines: absolute start, relative steps; steps of nothing are left out."""
    parts = []
    for line in lines:
        steps, (x, y) = [], line[0]
        for to_x, to_y in line[1:]:
            if (to_x, to_y) != (x, y):
                steps.append(f"{to_x - x}{'' if to_y < y else ' '}{to_y - y}")
                x, y = to_x, to_y
        text = "".join(f" {step}" if at and step[0] != "-" else step for at, step in enumerate(steps))
        parts.append(
            f"M{line[0][0]} {line[0][1]}" + (f"l{text}" if steps else "") + ("z" if is_closed else "")
        )
    return "".join(parts)
