"""The news of the demo: a dozen invented articles, each marked as such."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from vssid.staff.models import Officer
from vssid.support.news.commands import Content, open_article
from vssid.support.news.models import Category

_MARK = "*Tin của bản dùng thử, mọi chi tiết đều được đặt ra.*"


@dataclass(frozen=True, slots=True)
class _Story:
    """`days`: how long ago it was published; below 0: it is still to come; None: a draft."""

    days: int | None
    category: Category
    title: str
    summary: str
    body: str
    english: tuple[str, str, str] = field(default=("", "", ""))
    is_pinned: bool = False


def write_news(*, by: Officer, now: datetime) -> None:
    """Write them as the editor of the demo would have, in the order of their days."""
    for story in sorted(_STORIES, key=lambda one: -(one.days if one.days is not None else -99)):
        at = None if story.days is None else now - timedelta(days=story.days)
        title_en, summary_en, body_en = story.english
        content = Content(
            category=story.category,
            title=story.title,
            summary=story.summary,
            body=f"{_MARK}\n\n{story.body}",
            title_en=title_en,
            summary_en=summary_en,
            body_en=body_en and f"*Invented news of the demo.*\n\n{body_en}",
            is_pinned=story.is_pinned,
            publish_at=at,
        )
        open_article(content=content, by=by, now=min(at or now, now))


_STORIES = (
    _Story(
        1,
        Category.WARNING,
        "Không ai của cơ quan BHXH hỏi mật khẩu hay mã OTP của bạn",
        "Có người tự xưng cán bộ BHXH, hỏi mã OTP để «cập nhật VssID». Đừng đọc mã cho ai.",
        "Cách nhận ra:\n\n"
        "- họ giục làm ngay, dọa khóa thẻ BHYT;\n"
        "- họ gửi đường dẫn lạ để cài ứng dụng;\n"
        "- họ xin **mật khẩu** hoặc **mã OTP**.\n\n"
        "## Đã lỡ đọc mã thì làm gì?\n\n"
        "1. Bấm «Quên mật khẩu» và đặt mật khẩu mới.\n"
        "2. Mở «Thiết bị» trong tài khoản, xem thiết bị nào lạ.\n"
        "3. Gọi tổng đài ở cuối trang.",
        (
            "Nobody at the agency asks for your password or code",
            "Callers claim to be officers and ask for the code. Never read it out to anybody.",
            "Hang up, choose a new password with «Forgotten password», and call the hotline.",
        ),
        is_pinned=True,
    ),
    _Story(
        2,
        Category.NOTICE,
        "Giờ làm việc của bộ phận một cửa dịp cuối năm",
        "Các cơ quan BHXH mở thêm sáng thứ Bảy trong tháng 12 để nhận bản ký của tờ khai.",
        "Sáng thứ Bảy mở từ 8 giờ đến 11 giờ 30. Mang theo:\n\n"
        "- tờ khai đã in và ký;\n- bản chính CCCD hoặc hộ chiếu.\n\n"
        "Xem địa chỉ và giờ mở cửa ở mục Tra cứu.",
    ),
    _Story(
        4,
        Category.GUIDE,
        "Đưa thẻ BHYT trên điện thoại khi đi khám, kể cả khi mất mạng",
        "Mở thẻ một lần khi có mạng; sau đó thẻ vẫn xem được ở nơi không có sóng.",
        "## Các bước\n\n"
        "1. Đăng nhập, bấm «Thẻ BHYT», rồi «Xem thẻ Bảo hiểm y tế».\n"
        "2. Xoay ngang máy, tăng độ sáng màn hình.\n"
        "3. Đưa mã QR cho quầy tiếp đón.\n\n"
        "> Thẻ vẫn mở được khi máy ở chế độ máy bay, cho đến khi bạn thoát.",
        (
            "Show your health insurance card on the phone, without a network too",
            "Open the card once with a network; afterwards it opens without one.",
            "Sign in, press «Health insurance card», turn the phone, and show the QR at the desk.",
        ),
    ),
    _Story(
        6,
        Category.POLICY,
        "Ước tính lương hưu ngay trên VssID",
        "Ai đã đóng BHXH đều xem được mình sẽ hưởng khoảng bao nhiêu, và tính thế nào.",
        "Mở «Quản lý cá nhân», chọn «Ước tính». Kết quả là **ước tính**, không phải quyết định.",
    ),
    _Story(
        9,
        Category.GUIDE,
        "Khai Mẫu số 01 trên điện thoại: chụp giấy tờ thế nào cho rõ",
        "Chụp ở nơi đủ sáng, để cả bốn góc trong khung, không để đèn chói lên mặt giấy.",
        "- Đặt giấy tờ trên nền tối.\n- Giữ yên máy đến khi có chữ «Rõ rồi».\n"
        "- Ảnh mờ thì chụp lại ngay, không phải khai lại từ đầu.",
    ),
    _Story(
        13,
        Category.GUIDE,
        "Báo sai sót trong quá trình đóng mà không phải đi lại",
        "Thấy tháng nào thiếu, bấm «Báo sai sót» ngay ở dòng đó và gửi kèm bảng lương.",
        "Cơ quan BHXH trả lời trong 10 ngày làm việc. Bạn theo dõi bằng mã phản ánh.",
    ),
    _Story(
        17,
        Category.NOTICE,
        "Bảo trì hệ thống đêm thứ Bảy",
        "Từ 23 giờ đến 1 giờ sáng VssID có thể chậm. Thẻ BHYT đã mở trước đó vẫn xem được.",
        "Đang khai dở không mất: những gì đã gõ được giữ đến khi bạn quay lại.",
    ),
    _Story(
        22,
        Category.POLICY,
        "Địa chỉ hai cấp: tờ khai nhận cả địa chỉ trước 1/7/2025",
        "Gõ địa chỉ cũ, VssID đổi sang tỉnh và xã hôm nay; xã bị tách thì hỏi lại bạn.",
        "| Trước | Hôm nay |\n|---|---|\n| tỉnh, huyện, xã | tỉnh, xã |\n\n"
        "Địa chỉ bạn gõ được giữ nguyên bên cạnh địa chỉ mới.",
    ),
    _Story(
        30,
        Category.GUIDE,
        "Cha mẹ đăng ký cho con từ tài khoản của mình",
        "Một tài khoản quản lý thẻ BHYT và sổ khám của nhiều con; con đủ 18 tuổi thì tự quản lý.",
        "Cần giấy khai sinh của con và ảnh chân dung. Xem mục «Đăng ký cho con» trong tài khoản.",
    ),
    _Story(
        41,
        Category.WARNING,
        "Cảnh giác tin nhắn «nhận tiền BHXH một lần» kèm đường dẫn",
        "VssID không gửi đường dẫn nhận tiền. Tin nhắn như vậy là giả, xin đừng bấm.",
        "Tin thật chỉ báo việc và mã hồ sơ. Mọi khoản hưởng xem trong «Thông tin hưởng».",
    ),
    _Story(
        55,
        Category.NOTICE,
        "VssID có bản tiếng Anh",
        "Chọn ngôn ngữ trong menu. Tin nào chưa có bản tiếng Anh thì hiện bản tiếng Việt.",
        "Mọi màn hình đều có tiếng Anh. Tờ khai vẫn in bằng tiếng Việt theo mẫu.",
        (
            "VssID speaks English",
            "Choose the language in the menu. News without English is shown in Vietnamese.",
            "Every screen is there in English. Forms are still printed in Vietnamese.",
        ),
    ),
    _Story(
        -7,
        Category.NOTICE,
        "Lịch nghỉ Tết của bộ phận một cửa",
        "Nghỉ và trở lại làm việc theo lịch chung; nộp hồ sơ qua VssID thì không phải chờ.",
        "Trong những ngày nghỉ, tra cứu và Trợ lý vẫn trả lời.",
    ),
    _Story(
        None,
        Category.POLICY,
        "Bản nháp: mức đóng BHYT hộ gia đình năm tới",
        "Chờ số liệu chính thức rồi mới đăng.",
        "Điền bảng mức đóng vào đây.",
    ),
)
