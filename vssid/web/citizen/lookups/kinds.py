"""The look-ups: what each is for, in words, and which query answers it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from vssid.reference import lookups, mapping
from vssid.reference import queries as reference
from vssid.reference.choices import OfficeView
from vssid.reference.lookups import Found, Wanted
from vssid.reference.mapping import Spotted
from vssid.reference.outline.shapes import Frame

Words = Promise | str


@dataclass(frozen=True, slots=True)
class LookUp:
    """One look-up; `slug` is its address below /tra-cuu/.

    `when` says when to use it, `hint` what may be typed, `missing` what to try when nothing is
    found, `lacks` why a place of the name typed is left out. `by_commune`: can be narrowed to one.
    `on_map` answers with spots. `schema`: what its entries are to search engines (schema.org).
    """

    slug: str
    title: Words
    when: Words
    icon: str
    label: Words
    hint: Words
    missing: Words
    find: Callable[[Wanted], Found[Any]]
    one: Callable[[str], Any]
    schema: str
    by_commune: bool = True
    on_map: Callable[[Wanted, Frame | None], Spotted[Any]] | None = None
    lacks: Words = ""


def _office(code: str) -> OfficeView | None:
    """The agency of a code; of one that ended, who took over."""
    return reference.office(code) or next(iter(reference.successors(code)), None)


OFFICES: Final = LookUp(
    slug="co-quan-bhxh",
    title=_("Cơ quan BHXH"),
    when=_("Khi cần nộp giấy tờ, hỏi trực tiếp hoặc gọi cơ quan phục vụ nơi bạn ở."),
    icon="landmark",
    label=_("Tên cơ quan, xã phường, quận huyện cũ, tỉnh hoặc mã"),
    hint=_("Tên trước đây cũng được. Ví dụ: bhxh huyen thanh tri"),
    missing=_("Thử gõ tên xã, phường đang ở, hoặc tên quận, huyện trước đây."),
    find=lookups.find_agencies,
    one=_office,
    schema="GovernmentOffice",
    by_commune=False,
    on_map=mapping.agencies_on_map,
)
LEAVE: Final = LookUp(
    slug="cskcb-giay-nghi",
    title=_("Nơi cấp giấy nghỉ việc hưởng BHXH"),
    when=_(
        "Khi nghỉ ốm: chỉ giấy của những cơ sở khám, chữa bệnh (CSKCB) này mới được thanh toán."
    ),
    icon="file-text",
    label=_("Tên cơ sở khám, chữa bệnh, mã hoặc địa chỉ"),
    hint=_("Viết tắt cũng được. Ví dụ: ttyt thanh tri"),
    missing=_("Thử bỏ bớt chữ, hoặc tìm ở mục «Nơi khám, chữa bệnh BHYT»."),
    find=lambda wanted: lookups.find_facilities(wanted, may_issue_leave=True),
    one=lookups.facility,
    schema="MedicalOrganization",
    on_map=lambda wanted, frame: mapping.facilities_on_map(wanted, frame, may_issue_leave=True),
    lacks=_("không cấp giấy nghỉ việc hưởng BHXH."),
)
CONTRACT: Final = LookUp(
    slug="cskcb-bhyt",
    title=_("Nơi khám, chữa bệnh BHYT"),
    when=_("CSKCB ký hợp đồng BHYT: khi đi khám bằng thẻ hoặc chọn nơi đăng ký khám ban đầu."),
    icon="hospital",
    label=_("Tên cơ sở khám, chữa bệnh, mã hoặc địa chỉ"),
    hint=_("Viết tắt cũng được. Ví dụ: bv da khoa ha noi, tyt ba dinh"),
    missing=_("Thử bỏ bớt chữ, hoặc chọn tỉnh rồi chỉ gõ tên xã, phường."),
    find=lambda wanted: lookups.find_facilities(wanted, has_contract=True),
    one=lookups.facility,
    schema="MedicalOrganization",
    on_map=lambda wanted, frame: mapping.facilities_on_map(wanted, frame, has_contract=True),
    lacks=_("chưa có hợp đồng khám, chữa bệnh BHYT."),
)
EMPLOYERS: Final = LookUp(
    slug="don-vi",
    title=_("Đơn vị tham gia BHXH"),
    when=_("Khi muốn biết công ty, trường học, hợp tác xã có tham gia BHXH hay không."),
    icon="building-2",
    label=_("Tên đơn vị, mã đơn vị, mã số thuế hoặc địa chỉ"),
    hint=_("Viết tắt cũng được. Ví dụ: cty tnhh may la biec"),
    missing=_("Thử mã số thuế trên hợp đồng lao động, hoặc bỏ chữ «công ty»."),
    find=lookups.find_employers,
    one=lookups.employer,
    schema="Organization",
)
POINTS: Final = LookUp(
    slug="diem-thu",
    title=_("Điểm thu, đại lý thu"),
    when=_("Khi đóng BHXH tự nguyện hoặc mua BHYT hộ gia đình gần nhà."),
    icon="wallet",
    label=_("Tên điểm thu, xã phường, mã hoặc địa chỉ"),
    hint=_("Ví dụ: buu dien thanh tri, ubnd phuong ba dinh"),
    missing=_("Thử gõ tên xã, phường hoặc quận, huyện trước đây."),
    find=lookups.find_collection_points,
    one=lookups.collection_point,
    schema="LocalBusiness",
)
LOOK_UPS: Final = {one.slug: one for one in (OFFICES, LEAVE, CONTRACT, EMPLOYERS, POINTS)}
