"""What people read of an estimate's reservations and refusals, each with the next step."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from vssid.insurance.estimates.codes import Caveat, RefusalCode

Words = str | Promise

CAVEATS: Final[Mapping[Caveat, Words]] = {
    Caveat.LATE_MONTHS: _(
        "Chưa tính các tháng đơn vị chậm đóng. Khi đơn vị đóng đủ, hãy mở lại trang này."
    ),
    Caveat.WITHDRAWN_MONTHS: _("Không tính thời gian đã hưởng BHXH một lần."),
    Caveat.OVERLAPS: _("Tháng đóng ở hai nơi chỉ tính một lần, theo mức đóng cao hơn."),
    Caveat.NOT_STATE_SCALE: _(
        "Hồ sơ không ghi ai hưởng lương theo thang bảng lương Nhà nước; ở đây tính theo lương do "
        "đơn vị quyết định. Nếu bạn hưởng lương Nhà nước, hãy đánh dấu ở phần số liệu."
    ),
    Caveat.STATE_SCALE: _(
        "Tính như suốt thời gian đi làm bạn hưởng lương theo thang bảng lương Nhà nước."
    ),
    Caveat.UNKNOWN_PAY: _(
        "Có tháng chưa rõ mức đóng bằng đồng: vẫn tính thời gian, không tính vào mức bình quân."
    ),
    Caveat.PAY_ABOVE_CEILING: _(
        "Có tháng ghi mức đóng cao hơn mức cao nhất của tháng đó; phần vượt không được tính."
    ),
    Caveat.BIRTH_YEAR_ONLY: _("Hồ sơ chỉ ghi năm sinh, nên tính như sinh ngày 01/01."),
    Caveat.OTHER_PRICES: _(
        "Chưa có mức điều chỉnh tiền lương của đúng năm này, nên dùng bảng của năm gần nhất."
    ),
    Caveat.FUTURE_FIGURES: _(
        "Tính theo giá, mức tham chiếu và luật hiện nay. Đến khi nghỉ hưu các mức này sẽ khác."
    ),
    Caveat.STILL_PAYING: _(
        "Hồ sơ cho thấy bạn còn đóng hoặc mới dừng. Chỉ người đã dừng tham gia mới được hưởng."
    ),
    Caveat.LOSES_TIME: _(
        "Thời gian đã rút không còn để tính lương hưu và không lấy lại được. Hãy xem cả ước tính "
        "lương hưu trước khi quyết định."
    ),
    Caveat.UNDER_A_YEAR: _(
        "Chưa đủ một năm thì được trả số tiền đã đóng; ở đây tính bằng 22 % tiền lương các tháng."
    ),
    Caveat.SUPPORT_ASSUMED: _(
        "Hồ sơ không ghi tiền Nhà nước hỗ trợ đóng tự nguyện, nên tính theo nhóm đã chọn."
    ),
    Caveat.PROOF_NEEDED: _(
        "Cần giấy tờ chứng minh: giấy tờ định cư, hồ sơ bệnh án hoặc biên bản giám định y khoa."
    ),
    Caveat.GOES_ON_PAYING: _("Tính như bạn đóng tiếp đều đặn, với mức gần nhất hoặc mức đã nhập."),
    Caveat.MIXED_TIME: _(
        "Bạn có cả thời gian đóng bắt buộc và tự nguyện: mức bình quân tính chung theo số tháng."
    ),
    Caveat.EARLY_AGE: _(
        "Cần kết luận giám định y khoa. Số năm nghỉ trước tuổi ở đây tính theo tuổi nghỉ hưu của "
        "năm bắt đầu hưởng; cơ quan BHXH sẽ xác định chính xác."
    ),
    Caveat.OLD_VOLUNTARY: _(
        "Người đóng tự nguyện từ trước năm 2021 và đủ 20 năm có thể hưởng từ 60 tuổi (nam) hoặc "
        "55 tuổi (nữ). Hãy hỏi cơ quan BHXH."
    ),
    Caveat.HEAVY_YEARS: _(
        "Hồ sơ ở đây không ghi số năm làm việc nặng nhọc, độc hại, nguy hiểm hoặc ở vùng đặc biệt "
        "khó khăn; hãy kiểm tra trong sổ BHXH."
    ),
    Caveat.SEVEN_MONTHS: _(
        "Từ 01/07/2026 sinh con thứ hai được nghỉ thêm, khi lúc sinh người mẹ có một con đẻ còn "
        "sống. Quy định này mới, hãy hỏi lại cơ quan BHXH."
    ),
    Caveat.TWINS_AS_SECOND: _(
        "Sinh đôi khi đã có một con: cách cộng thời gian nghỉ chưa rõ, có thể ít hơn một tháng."
    ),
    Caveat.BIRTH_MONTH: _(
        "Tháng sinh nằm trong 12 tháng khi con sinh từ ngày 15 và tháng đó có đóng."
    ),
    Caveat.FEW_MONTHS: _("Chưa đủ 6 tháng đóng, nên mức bình quân là của các tháng đã đóng."),
    Caveat.ONE_PARENT: _(
        "Cha mẹ cùng đủ điều kiện thì một người nhận. Hạn nộp hồ sơ: 60 ngày từ ngày sinh."
    ),
    Caveat.MUST_BE_EMPLOYED: _(
        "Chỉ dành cho người đang tham gia BHXH bắt buộc khi nghỉ, có giấy tờ theo quy định."
    ),
    Caveat.DAYS_CUT: _("Số ngày nghỉ nhiều hơn số ngày còn được hưởng, phần vượt không tính."),
    Caveat.LONG_ILLNESS: _(
        "Bệnh cần chữa trị dài ngày được hưởng tiếp sau đó, với mức từ 50 % đến 65 %; phần này "
        "không tính ở đây."
    ),
    Caveat.CHILD_BIRTHDAY: _(
        "Tuổi của con tính ở ngày bắt đầu nghỉ. Mỗi con có số ngày riêng, cha và mẹ đều được hưởng."
    ),
    Caveat.LAWFUL_END: _(
        "Không được hưởng khi đơn phương chấm dứt hợp đồng trái pháp luật, đang hưởng lương hưu "
        "hoặc đã có việc làm."
    ),
    Caveat.KEPT_MONTHS: _(
        "Số tháng chưa dùng được bảo lưu cho lần sau; trung tâm dịch vụ việc làm xác định số tháng."
    ),
    Caveat.KEPT_ABOVE_TWELVE_YEARS: _(
        "Phần đóng trên 144 tháng có được bảo lưu hay không chưa rõ, hãy hỏi trung tâm dịch vụ "
        "việc làm."
    ),
    Caveat.HOLIDAYS: _("Ngày bắt đầu hưởng chưa trừ các ngày lễ, tết."),
    Caveat.REGION_ASSUMED: _("Hồ sơ không ghi vùng lương của đơn vị, nên lấy vùng I."),
    Caveat.DRAWN_BEFORE: _("Đã trừ thời gian dùng cho các lần hưởng trước trong hồ sơ."),
    Caveat.SAME_HOUSEHOLD: _(
        "Giảm dần theo thứ tự chỉ dành cho người cùng hộ, cùng đóng trong năm, không thuộc nhóm "
        "tham gia BHYT khác."
    ),
    Caveat.OTHER_GROUPS: _(
        "Hộ nghèo, cận nghèo, học sinh, sinh viên và một số nhóm khác có mức đóng khác, được hỗ "
        "trợ; nhiều tỉnh hỗ trợ thêm."
    ),
    Caveat.CHANGE_WITHIN: _(
        "Mức lương cơ sở thay đổi trong thời gian này. Hãy hỏi nơi thu có phải đóng thêm không."
    ),
}
"""Reservations, in the order of their codes."""

REFUSALS: Final[Mapping[RefusalCode, tuple[Words, Words]]] = {
    RefusalCode.NOTHING_PAID: (
        _("Chưa có tháng nào đã đóng"),
        _(
            "Nếu bạn đã đóng mà hồ sơ chưa có, hãy hỏi đơn vị hoặc gọi tổng đài. "
            "Bạn cũng có thể nhập số liệu ở dưới để xem thử."
        ),
    ),
    RefusalCode.PAY_UNKNOWN: (
        _("Chưa biết mức lương, thu nhập đóng"),
        _("Hãy nhập mức đóng ở phần số liệu để tính."),
    ),
    RefusalCode.TWENTY_YEARS: (
        _("Đã đóng %(paid)s, từ đủ 20 năm nên không rút theo trường hợp này"),
        _("Thời gian này để hưởng lương hưu. Hãy xem ước tính lương hưu."),
    ),
    RefusalCode.JOINED_TOO_LATE: (
        _("Bắt đầu đóng từ %(joined)s, nên không rút theo trường hợp này"),
        _(
            "Người bắt đầu từ 01/07/2025 chỉ rút khi đủ tuổi mà chưa đủ 15 năm đóng, ra nước ngoài "
            "định cư, mắc bệnh hiểm nghèo hoặc suy giảm từ 81 %%. Thời gian đã đóng được bảo lưu."
        ),
    ),
    RefusalCode.BELOW_PENSION_AGE: (
        _("Chưa đủ tuổi hưởng lương hưu"),
        _("Bạn đủ tuổi để hưởng từ tháng %(since)s. Trước đó hãy chọn trường hợp khác."),
    ),
    RefusalCode.ENOUGH_FOR_PENSION: (
        _("Đã đóng %(paid)s, đủ để hưởng lương hưu"),
        _("Chỉ cần %(needed)s. Hãy xem ước tính lương hưu và nộp hồ sơ hưởng lương hưu."),
    ),
    RefusalCode.TOO_FEW_MONTHS: (
        _("Mới đóng %(paid)s, còn thiếu %(missing)s"),
        _(
            "Lương hưu cần %(needed)s đóng. Bạn có thể đi làm tiếp hoặc đóng BHXH tự nguyện; đến "
            "tuổi nghỉ hưu mà thiếu không quá 5 năm thì đóng một lần cho đủ."
        ),
    ),
    RefusalCode.TOO_FEW_COMPULSORY: (
        _("Mới đóng BHXH bắt buộc %(paid)s, còn thiếu %(missing)s"),
        _(
            "Nghỉ sớm theo trường hợp này cần %(needed)s đóng bắt buộc. "
            "Hãy chọn trường hợp bình thường để xem khi đủ tuổi."
        ),
    ),
    RefusalCode.MATERNITY_MONTHS: (
        _("Mới đóng %(paid)s trong 12 tháng trước khi sinh"),
        _(
            "Cần đủ %(needed)s. Nếu phải nghỉ dưỡng thai hoặc điều trị vô sinh thì điều kiện khác: "
            "hãy đánh dấu ở dưới hoặc hỏi cơ quan BHXH."
        ),
    ),
    RefusalCode.NO_SICK_FUND: (
        _("Chưa có thời gian đóng BHXH bắt buộc"),
        _(
            "Chế độ ốm đau chỉ có ở BHXH bắt buộc. Nếu bạn đang đi làm, hãy hỏi đơn vị đã báo tăng "
            "lao động cho bạn chưa."
        ),
    ),
    RefusalCode.NO_DAYS_LEFT: (
        _("Đã hưởng hết %(limit)s của năm"),
        _("Sang năm mới số ngày được tính lại. Bệnh cần chữa trị dài ngày: hãy hỏi cơ quan BHXH."),
    ),
    RefusalCode.CHILD_TOO_OLD: (
        _("Con đã đủ 7 tuổi"),
        _("Nghỉ chăm con ốm chỉ dành cho con dưới 7 tuổi. Hãy kiểm tra lại ngày sinh của con."),
    ),
    RefusalCode.CHILD_NOT_BORN: (
        _("Chưa có ngày sinh của con"),
        _("Hãy nhập ngày sinh của con, không sau ngày bắt đầu nghỉ."),
    ),
    RefusalCode.UNEMPLOYMENT_MONTHS: (
        _("Mới đóng BHTN %(paid)s trong %(window)s trước khi nghỉ việc"),
        _("Cần đủ %(needed)s. Thời gian đã đóng được cộng vào lần sau."),
    ),
    RefusalCode.FILED_TOO_LATE: (
        _("Hạn nộp hồ sơ là %(until)s, nay đã qua"),
        _(
            "Thời gian đã đóng không mất, được cộng vào lần sau. Nếu bạn nghỉ việc gần đây, hãy "
            "sửa ngày nghỉ việc ở dưới."
        ),
    ),
    RefusalCode.COULD_DRAW_PENSION: (
        _("Đủ điều kiện hưởng lương hưu thì không hưởng trợ cấp thất nghiệp"),
        _(
            "Quy định này có từ 01/01/2026. Hãy xem ước tính lương hưu và nộp hồ sơ hưởng lương "
            "hưu."
        ),
    ),
    RefusalCode.DRAWING_UNEMPLOYMENT: (
        _("Đang hưởng trợ cấp thất nghiệp, còn %(left)s"),
        _(
            "Mỗi tháng %(monthly)s, được hưởng %(granted)s từ ngày %(since)s. Các tháng đã đóng "
            "được tính cho lần này, nên không tính lần mới. Có việc làm sớm thì phần chưa hưởng "
            "được bảo lưu. Sau này nghỉ việc nữa, hãy nhập ngày nghỉ việc mới ở dưới."
        ),
    ),
    RefusalCode.DRAWING_UNEMPLOYMENT_UNKNOWN: (
        _("Đang hưởng trợ cấp thất nghiệp"),
        _(
            "Mỗi tháng %(monthly)s từ ngày %(since)s; hồ sơ không ghi được hưởng mấy tháng. Các "
            "tháng đã đóng được tính cho lần này, nên không tính lần mới. Muốn biết còn mấy tháng, "
            "hãy hỏi trung tâm dịch vụ việc làm."
        ),
    ),
    RefusalCode.UNEMPLOYMENT_USED_UP: (
        _("Các tháng đã đóng BHTN đã dùng cho lần hưởng từ ngày %(since)s"),
        _(
            "Cần đủ 12 tháng đóng mới để hưởng lần nữa. Nếu bạn đã đi làm lại mà hồ sơ chưa có, "
            "hãy hỏi đơn vị hoặc nhập số tháng ở dưới để xem thử."
        ),
    ),
    RefusalCode.DRAWING_PENSION: (
        _("Đang hưởng lương hưu %(monthly)s mỗi tháng, từ ngày %(since)s"),
        _(
            "Lương hưu chỉ tính một lần, khi nghỉ hưu, nên không có ước tính mới. Sau đó lương hưu "
            "tăng khi Nhà nước điều chỉnh: lần gần nhất tăng %(rise)s từ ngày %(raised)s cho "
            "người đã hưởng trước ngày đó."
        ),
    ),
    RefusalCode.PENSION_BARS_WITHDRAWAL: (
        _("Đang hưởng lương hưu thì không rút BHXH một lần"),
        _(
            "Thời gian đã đóng được tính vào lương hưu %(monthly)s mỗi tháng, hưởng từ ngày "
            "%(since)s."
        ),
    ),
    RefusalCode.PENSION_BARS_UNEMPLOYMENT: (
        _("Đang hưởng lương hưu thì không hưởng trợ cấp thất nghiệp"),
        _("Bạn hưởng lương hưu %(monthly)s mỗi tháng, từ ngày %(since)s."),
    ),
}
"""Title and next step, filled with the refusal's figures."""
