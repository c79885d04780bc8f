"""A disk that forgets: what was written and not synced may be lost, in part or altogether.

Stricter than the file systems it stands for: the name of a file outlives a cut only once its folder
was synced, and of what was not synced any part may be there, torn at a sector.
"""

import random
from dataclasses import dataclass, field
from pathlib import Path

from bench.crash.traces import Event

SECTOR = 512


@dataclass(slots=True)
class Node:
    """One file: its bytes on the disk, and the writes that are only in memory."""

    kept: bytearray = field(default_factory=bytearray)
    size: int = 0
    pending: list[Event] = field(default_factory=list)
    settled: int = 0

    @property
    def mark(self) -> int:
        """How many writes there have been so far."""
        return self.settled + len(self.pending)

    def add(self, event: Event) -> None:
        offset = self.size if event.offset < 0 else event.offset
        placed = event._replace(offset=offset)
        self.size = offset if event.kind == "cut" else max(self.size, offset + len(event.data))
        self.pending.append(placed)

    def settle(self, mark: int) -> None:
        """The writes up to this mark have reached the disk."""
        count = max(0, mark - self.settled)
        for event in self.pending[:count]:
            put(self.kept, event)
        del self.pending[:count]
        self.settled += count


@dataclass(frozen=True, slots=True)
class Sync:
    """A sync that has begun: what it will have kept once it is over."""

    path: str
    node: Node | None
    mark: int
    names: dict[str, Node]


def put(into: bytearray, event: Event) -> None:
    """One write, or one cut, as it lies on the disk afterwards."""
    end = event.offset if event.kind == "cut" else event.offset + len(event.data)
    if len(into) < end:
        into.extend(bytes(end - len(into)))
    if event.kind == "cut":
        del into[end:]
    else:
        into[event.offset : end] = event.data


@dataclass(slots=True)
class Disk:
    """The files below a folder. `blind` are syncs that this disk leaves out, to see it noticed."""

    root: Path
    blind: str = ""
    names: dict[str, Node] = field(default_factory=dict)
    kept: dict[str, Node] = field(default_factory=dict)
    syncs: int = 0

    def load(self, before: Path) -> None:
        """What lay there before the server started, all of it safe."""
        for file in before.rglob("*"):
            if file.is_file() and not file.name.endswith("-shm"):
                data = file.read_bytes()
                place = str(self.root / file.relative_to(before))
                self.names[place] = self.kept[place] = Node(bytearray(data), len(data))

    def apply(self, event: Event) -> None:
        """Do what happened, in memory."""
        if event.kind in {"write", "cut"}:
            self.names.setdefault(event.path, Node()).add(event)
        elif event.kind == "name":
            known = event.path in self.names
            self.names[event.to] = self.names.pop(event.path) if known else Node()
        elif event.kind == "gone":
            self.names.pop(event.path, None)

    def begin_sync(self, event: Event) -> Sync:
        """Of a file what was written so far, of a folder the names in it."""
        node = self.names.get(event.path)
        names = {} if node else {p: n for p, n in self.names.items() if _inside(p, event.path)}
        return Sync(event.path, node, node.mark if node else 0, names)

    def end_sync(self, sync: Sync) -> None:
        """It is safe now, unless this disk leaves such syncs out."""
        self.syncs += 1
        if self._is_blind(sync):
            return
        if sync.node is not None:
            sync.node.settle(sync.mark)
            return
        for path in [one for one in self.kept if _inside(one, sync.path)]:
            if path not in sync.names:
                del self.kept[path]
        self.kept |= sync.names

    def _is_blind(self, sync: Sync) -> bool:
        if sync.node is None:
            return self.blind == "folders"
        of_files = "/files/" in sync.path
        return self.blind == ("files" if of_files else sync.path.rpartition("-")[2])

    # --- after the cut ----------------------------------------------------------------------------

    def after_a_cut(self, into: Path, dice: random.Random, *, torn: bool) -> None:
        """Write down what is left: the least there may be, or with parts of the rest."""
        for path, node in self._left(dice, torn=torn).items():
            place = into / Path(path).relative_to(self.root)
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(_content(node, dice, torn=torn))

    def _left(self, dice: random.Random, *, torn: bool) -> dict[str, Node]:
        left = dict(self.kept)
        if torn:
            changed = [p for p in {*self.names, *left} if self.names.get(p) is not left.get(p)]
            for path in sorted(changed):
                if dice.random() < 0.5 and path in self.names:
                    left[path] = self.names[path]
                elif dice.random() < 0.5 and path not in self.names:
                    left.pop(path)
        return {path: node for path, node in left.items() if not path.endswith("-shm")}


def _inside(path: str, folder: str) -> bool:
    return path.rpartition("/")[0] == folder


def _content(node: Node, dice: random.Random, *, torn: bool) -> bytes:
    if not torn:
        return bytes(node.kept)
    left = bytearray(node.kept)
    for event in node.pending:
        if dice.random() < 0.5:
            put(left, _torn(event, dice))
    return bytes(left)


def _torn(event: Event, dice: random.Random) -> Event:
    sectors = -(-len(event.data) // SECTOR)
    whole = event.kind == "cut" or dice.random() < 0.5
    return event if whole else event._replace(data=event.data[: SECTOR * dice.randint(0, sectors)])
