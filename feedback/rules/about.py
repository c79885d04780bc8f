"""ABOUT: the answers to “Việc này liên quan đến ai?”, which decide who may see the matter."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class About:
    """One answer, in the order people read them.

    `past_school`: those people must not handle it. `names_people`: it points at someone whom a
    denunciation may be about without the school's leaders being concerned.
    """

    code: str
    label: str
    past_school: bool = False
    names_people: bool = False


ABOUT: dict[str, About] = {
    about.code: about
    for about in (
        About("class_teacher", "Lớp học, giáo viên", names_people=True),
        About("staff", "Nhân viên, bảo mẫu, bảo vệ, tài xế", names_people=True),
        About("boarding", "Bán trú, suất ăn, nhà bếp", names_people=True),
        About("pupils", "Học sinh với nhau", names_people=True),
        About("facilities", "Cơ sở vật chất, việc chung của trường"),
        About("leaders", "Hiệu trưởng, phó hiệu trưởng", past_school=True),
        About("school", "Chính nhà trường là bên bị phản ánh, tố cáo", past_school=True),
        About("box_keeper", "Người đang giữ hộp thư góp ý này", past_school=True),
        About("outside", "Người hoặc đơn vị bên ngoài trường"),
        About("unknown", "Không rõ, không muốn nói"),
    )
}
