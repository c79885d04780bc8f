"""FATES: what can become of a message, as the acts that follow one another, each at its time."""

from dataclasses import dataclass

from feedback.demo.seeds import Row
from feedback.rules.routing import Matter, route

ORDINARY = frozenset({"PA", "GY", "KNGHI"})
ANSWERED = ORDINARY | {"KN", "TC", "DK_TCD"}


@dataclass(frozen=True, slots=True)
class Fate:
    """`steps` name acts of STEPS. `weight` is how often it happens.

    `days_ago` dates the one shown at the first school; a `recent` fate leaves a matter open, so
    it befalls only what came in not long ago. `owner` limits it to what that desk answers. Only a
    `grave` fate befalls a child in danger: nobody withdraws that, and nobody leaves it lying.
    """

    code: str
    weight: int
    days_ago: int
    steps: tuple[str, ...]
    kinds: frozenset[str] = ANSWERED
    recent: bool = False
    owner: str = ""
    channel: str = "qr"
    grave: bool = False


RECENT_DAYS = 45
# What a matter turned out to be, by what it was sent as.
OTHER_NAMES = {"PA": "KNGHI", "GY": "PA", "KN": "PA"}


def _fate(code: str, weight: int, days_ago: int, steps: str, **more: object) -> Fate:
    return Fate(code, weight, days_ago, tuple(steps.split()), **more)  # type: ignore[arg-type]


# The steps of a fate stop by themselves where their time has not come yet.
# fmt: off
FATES = (
    _fate("solved", 30, 24, "accept answer thank confirm", grave=True),
    _fate("solved_by_hand", 14, 27, "accept assign note answer confirm", grave=True),
    _fate("asked", 10, 29, "accept ask reply answer confirm", grave=True),
    _fate("quiet", 14, 21, "accept answer", grave=True),
    _fate("ended", 8, 40, "accept answer close", grave=True),
    _fate("late", 6, 44, "accept answer_late confirm"),
    _fate("unhappy", 4, 43, "accept answer dispute note answer confirm"),
    _fate("unhappy_now", 2, 15, "accept answer_fast dispute", recent=True),
    _fate("second_look", 2, 60, "accept answer dispute answer escalate accept answer confirm",
          kinds=ORDINARY, owner="school"),
    _fate("second_look_now", 2, 16, "accept answer_fast escalate",
          kinds=ORDINARY, recent=True, owner="school"),
    _fate("refused", 4, 18, "refuse", kinds=ORDINARY | {"KN", "TC"}),
    _fate("passed_over", 2, 26, "accept pass_over accept answer confirm",
          kinds=ORDINARY, owner="school"),
    _fate("passed_up", 2, 48, "accept answer dispute pass_up accept answer confirm",
          kinds=ORDINARY, owner="school"),
    _fate("renamed", 4, 25, "accept reclassify answer confirm",
          kinds=frozenset({"PA", "GY", "KN"})),
    _fate("withdrawn", 3, 15, "accept withdraw"),
    _fate("opened_again", 3, 52, "accept answer close reopen answer"),
    _fate("waiting", 5, 11, "accept ask", recent=True),
    _fate("taken_up", 6, 5, "accept", recent=True),
    _fate("at_work", 6, 12, "accept assign note", recent=True),
    _fate("to_sign", 0, 8, "prepare",
          kinds=frozenset({"TC"}), recent=True, owner="school", channel="paper"),
    _fate("to_sign_above", 0, 13, "prepare",
          kinds=frozenset({"KN"}), recent=True, owner="office", channel="paper"),
    _fate("stepped_aside", 0, 6, "accept recuse", kinds=ORDINARY, recent=True, owner="school"),
    # Each of these tells a message of its own (scenes).
    _fate("split", 0, 19, "accept split"),
    _fate("join_main", 0, 16, "accept"),
    _fate("join_other", 0, 14, "join"),
    _fate("together", 0, 10, "accept assign note", channel="paper"),
    _fate("passed_on", 0, 9, "forward accept", kinds=frozenset({"KN"}), channel="paper"),
    _fate("appealed", 0, 39, "accept_written find send appeal lodge", kinds=frozenset({"KN"}),
          channel="paper"),
    _fate("lapsed", 0, 50, "accept_written note lapse", kinds=frozenset({"KN"}), channel="paper"),
    _fate("denounced_again", 0, 47, "accept_written notify find send appeal lodge",
          kinds=frozenset({"TC"}), channel="paper"),
    _fate("concrete", 0, 13, "accept find_concrete", kinds=frozenset({"TC"})),
    _fate("overdue", 5, 36, "accept note", kinds=ORDINARY, recent=True),
    _fate("untouched", 3, 32, "", kinds=ORDINARY, recent=True),
    _fate("new", 0, 1, ""),
    _fate("thanked", 40, 9, "accept answer", kinds=frozenset({"KH"})),
    _fate("praised", 30, 4, "", kinds=frozenset({"KH"})),
)
# fmt: on
FATES_BY_CODE = {fate.code: fate for fate in FATES}


def may_befall(fate: Fate, story: Row, ago: int = 0) -> bool:
    """Whether this can become of this message, so many days after it was sent."""
    way = route(Matter(story["kind"], story["subject"], story["about"]))
    return (
        story["kind"] in fate.kinds
        and fate.owner in {"", way.owner}
        and (not fate.recent or ago <= RECENT_DAYS)
        and (not story["danger"] or fate.grave)
        and ("reclassify" not in fate.steps or may_be_renamed(story))
    )


def may_be_renamed(story: Row) -> bool:
    """A report that asks for something is a proposal; the other names fit every text."""
    return story["kind"] in OTHER_NAMES and (story["kind"] != "PA" or bool(story["wish"]))
