"""Which overlays apply: the built-in ones of the region, then those asked for."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Protocol

from junheng.basics import Text, UserError, nearest
from junheng.standards.load import Overlay, built_in_overlays, read_overlay
from junheng.standards.validate import check_overlay


class Named(Protocol):
    """The head of a standard of any kind; overlays name the standard they change by its id."""

    @property
    def id(self) -> str:
        """The id of the standard."""
        ...


@cache
def library_overlays() -> tuple[Overlay, ...]:
    """The built-in overlays, checked, wider regions first; read once a process."""
    found = built_in_overlays()
    for overlay in found:
        check_overlay(overlay)
    return found


def chosen_overlays(head: Named, region: str, asked: Sequence[Path | str]) -> list[Overlay]:
    """Built-in ones for the region, then those asked for; one overlay never twice."""
    chosen = [
        overlay
        for overlay in library_overlays()
        if overlay.content.overlay.standard == head.id
        and overlay.content.overlay.region
        and region.startswith(overlay.content.overlay.region)
    ]
    for wanted in asked:
        overlay = find_overlay(wanted)
        _require_fit(overlay, head, region)
        if overlay.id not in {other.id for other in chosen}:
            chosen.append(overlay)
        elif overlay not in chosen:
            raise _root_error(
                overlay,
                Text(f"覆盖 {overlay.id} 已经生效", f"the overlay {overlay.id} already applies"),
                Text("请为另一份覆盖换一个 id", "give the other overlay another id"),
            )
    return chosen


def find_overlay(wanted: Path | str) -> Overlay:
    """A built-in overlay by its id, or the one in a file. Raises UserError with the nearest id else."""
    built_in = {overlay.id: overlay for overlay in library_overlays()}
    if isinstance(wanted, str) and wanted in built_in:
        return built_in[wanted]
    path = Path(wanted)
    if not path.is_file():
        near = nearest(str(wanted), built_in)
        ids = "、".join(built_in)
        hint = Text(f"最接近的是 {near}；", f"the nearest is {near}; ") if near else Text("", "")
        raise UserError(
            Text(f"没有覆盖文件 {wanted}", f"there is no overlay {wanted}"),
            fix=Text(f"{hint.zh}内置：{ids}，也可给出文件", f"{hint.en}built in: {ids}; or give a file"),
        )
    overlay = read_overlay(path)
    check_overlay(overlay)
    return overlay


def _require_fit(overlay: Overlay, head: Named, region: str) -> None:
    """An overlay for another standard or another region would be a silent wrong answer."""
    own = overlay.content.overlay
    if own.standard != head.id:
        raise _root_error(
            overlay,
            Text(f"该覆盖针对 {own.standard}，不是 {head.id}", f"it changes {own.standard}, not {head.id}"),
            Text("请换用对应的标准或覆盖", "use the matching standard or overlay"),
        )
    if own.region and region and not region.startswith(own.region):
        raise _root_error(
            overlay,
            Text(
                f"该覆盖适用于 {own.region}，不适用于 {region}", f"it holds in {own.region}, not in {region}"
            ),
            Text("若只是试算，请删去文件中的 region", "for a what-if, take `region` out of the file"),
        )


def _root_error(overlay: Overlay, what: Text, fix: Text) -> UserError:
    return UserError(what, where=overlay.file.where(("overlay",)), fix=fix)
