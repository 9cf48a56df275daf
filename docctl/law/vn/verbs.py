"""The words by which amending acts do things: verbs, and the small words that say what stands where."""

from __future__ import annotations

import re

from docctl.law.vn.letters import LOWER
from docctl.law.vn.masked import HIDDEN
from docctl.model.event import (
    AMEND,
    CORRECT,
    DISAPPLY,
    EXPIRE,
    EXTEND,
    INSERT,
    RENUMBER,
    REPEAL,
    REPLACE,
    RESUME,
    SUSPEND,
)

ACTIVE = re.compile(
    rf"""(?<![{LOWER}])(?:
    (?P<amend>(?:[Ss]ửa\ đổi|[Bb]ổ\ sung)(?:,?\s+(?:và\s+)?(?:sửa\ đổi|bổ\ sung|thay\ thế)){{1,9}}
        |[Ss]ửa\ đổi|[Đđ]iều\ chỉnh|[Ss]ửa)
    |(?P<insert>[Bb]ổ\ sung(?:\ thêm)?)
    |(?P<replace>[Tt]hay\ thế(?:\ cho)?|[Tt]hay)
    |(?P<repeal>[Bb]ãi\ bỏ|[Hh]ủy\ bỏ|[Hh]uỷ\ bỏ|[Bb]ỏ|BÃI\ BỎ)
    |(?P<correct>[Đđ]ính\ chính)
    |(?P<extend>[Kk]éo\ dài|[Gg]ia\ hạn)
    |(?P<disapply>[Kk]hông\ áp\ dụng)
    |(?P<suspend>(?:[Nn]gưng|[Nn]gừng|[Tt]ạm\ ngưng|[Tt]ạm\ ngừng|[Đđ]ình\ chỉ)\ (?:hiệu\ lực(?:\ thi\ hành)?
        |(?:việc\ )?(?:áp\ dụng|thi\ hành|thực\ hiện)))
    |(?P<renumber>(?:[Đđ]ánh\ (?:lại\ số|số\ lại)|[Đđ]ổi)(?:\ (?:số\ )?thứ\ tự)?(?:\ của)?|[Cc]huyển)
        (?=\ (?:các\ )?(?:[Đđ]iều|[Kk]hoản|[Đđ]iểm|[Cc]hương|[Mm]ục)\ [^;.\n]{{1,120}}?\ thành\ )
    )(?![{LOWER}])""",
    re.VERBOSE,
)
PASSIVE = re.compile(
    rf"""(?<![{LOWER}])(?:
    (?P<expire>hết\ hiệu\ lực|chấm\ dứt\ hiệu\ lực|có\ hiệu\ lực(?:\ thi\ hành)?(?=\ đến\ (?:hết\ )?ngày\ \d))
    |(?P<suspend>(?:tạm\ )?ng[ưừ]ng\ hiệu\ lực|bị\ đình\ chỉ)
    |(?P<resume>tiếp\ tục\ có\ hiệu\ lực)
    |được\ (?P<renumber>đánh\ số\ lại|đổi\ số\ thứ\ tự|chuyển)(?=\ thành\ (?:[Đđ]iều|[Kk]hoản|[Đđ]iểm)\ )
    |được\s+(?P<amend>sửa\ đổi(?:,\s+bổ\ sung)?)(?=\s+(?:như\ sau|thành|là))
    |được\s+(?P<insert>bổ\ sung)(?=\s+(?:như\ sau|là))
    |(?:được|bị)\s+(?P<repeal>bãi\ bỏ)(?!\s+(?:bởi|theo|tại))
    |được\s+(?P<replace>thay(?:\ thế)?)(?=\s+bằng)
    )(?![{LOWER}])""",
    re.VERBOSE,
)
KINDS = {
    "amend": AMEND, "insert": INSERT, "replace": REPLACE, "repeal": REPEAL, "correct": CORRECT, "extend": EXTEND,
    "disapply": DISAPPLY, "expire": EXPIRE, "suspend": SUSPEND, "resume": RESUME, "renumber": RENUMBER,
}  # fmt: skip
MAY_BEGIN = re.compile(
    r"(?:[;:.,(\n]|(?<!\w)(?:và|hoặc|này|gồm|định|thống nhất|sau đây|đồng thời|như sau|bộ|việc(?= đính))|\)|\d\.)\s*\Z"
)
"""What stands before a verb that begins a clause: not ``việc``, ``được``, ``Luật``."""

KEEPS = re.compile(r"(?:vẫn\s+)?(?:được\s+)?tiếp tục\s+(?:được\s+)?(?:thực hiện|có hiệu lực|áp dụng)")
CHAIN = re.compile(
    r"(?:đã\s+)?được\s+(?:sửa đổi|bổ sung|thay thế|đính chính|hợp nhất|bãi bỏ|kéo dài)[^;.\n“]{0,80}?"
    r"\s(?:theo|bởi|tại|bằng|trong)\s+(?:các\s+)?"
)
INTO = re.compile(
    r"(?:vào\s+)?(?:ngay\s+)?(?P<side>sau|trước)\s+(?=\S)|vào\s+(?P<inside>)"
    r"|(?P<end>(?:đầu|cuối)\s+(?:của\s+)?(?=(?:điểm|khoản|[Đđ]iều)\s))"
)
LANDMARK = re.compile(r"(?:ngay\s+)?(?P<side>sau|trước)\s+(?:(?:các\s+)?(?:cụm từ|từ ngữ|từ|dấu|chữ|số)\s+)?(?=[“\"‟])")
"""``Bỏ từ “A” trước cụm từ “B”``: B only tells where A stands."""
BY = re.compile(r"(?:bằng|thành)(?!\w)")
EXCEPTED = re.compile(r"\s(?:(?:các|những|nội dung|quy định|tại)\s){0,4}")
EXCEPT = re.compile(r"trừ(?!\w)")
NAME_OF = re.compile(r"(?:tên|tiêu đề)(?: gọi)?(?: của)?\s+(?:[Đđ]iều|[Cc]hương)(?=\s*(?:,|;|và|như|$))")
TITLE = re.compile(
    r"tên(?: gọi)?(?: của)?\s+(?:Thông tư|Nghị định|Luật|Bộ luật|Quyết định|Nghị quyết|Pháp lệnh)(?: này)?"
    r"(?=\s*(?:[,;.]|và|như|$))"
)
SOME = re.compile(
    r"""(?:một\ số|các|những|toàn\ bộ)\s+(?:\d+\s+)?(?:(?:tên|số|từ|cụm\ từ|từ\ ngữ|nội\ dung|quy\ định
    |lỗi|lỗi\ kỹ\ thuật|[Đđ]iều|[Kk]hoản|[Đđ]iểm|[Cc]hương|mục|mẫu|biểu|mẫu\ biểu|phụ\ lục
    |văn\ bản|văn\ bản\ quy\ phạm\ pháp\ luật
    |nghị\ định|thông\ tư|quyết\ định|pháp\ lệnh|luật|điều\ khoản)(?:\s*,\s*|\s+và\s+|(?!\w)))+""",
    re.VERBOSE,
)
ORDER = re.compile(
    r"số thứ tự(?: thứ)?(?=\s+\d{1,4}[a-z]?(?!\w)(?!\s+(?:của\s+|tại\s+)?(?:[Kk]hoản|[Đđ]iều|[Đđ]iểm)\s))"
)
ATTACHED_AT = re.compile(
    r"(?=[^;:.“]{0,330}ban hành\s)(?:(?!\svào\s|\sbằng\s|\ssau\s)[^;:.\n“]){0,300}?\s(?:được\s++)?ban hành\s++kèm"
    r"(?:\s++theo)?\s++"
)
TABLE = re.compile(
    r"\s{1,99}+(?:(?:của|tại)\s++)?(?:Biểu|Bảng|Danh mục)\s[^;:.\n]{0,120}?\s(?:tại|của)\s++(?=Điều|khoản|Phụ lục)"
)
LATER = re.compile(
    r"[,;]?\s{0,99}+(?:và\s++)?(?=(?:các\s++)?(?:[Đđ]iểm|[Kk]hoản|[Đđ]iều|[Mm]ẫu|[Pp]hụ lục|[Cc]hương|[Mm]ục|[Tt]ừ\s))"
)
AND_TEXT = re.compile(
    r"(?:,?\s{0,99}+(?P<and>và)|,)\s++(?=(?:(?:các\s++)?(?:[Đđ]iều|[Kk]hoản|[Đđ]iểm)\s[^,;.]{1,40}?)?(?:các\s{1,99}+)?"
    r"(?P<kind>Luật|Nghị định|Nghị quyết|Thông tư|Quyết định|Pháp lệnh|Chỉ thị)[^,;.]{0,20}số)"
)
AND_MORE = re.compile(
    r"\s{0,99}+(?:,\s{0,99}+và|,|;|và)\s++"
    r"(?=(?:Luật|Bộ luật|Nghị|Thông tư|Quyết|Pháp|số|[Đđ]iều|[Kk]hoản|[Đđ]iểm))"
)
SIGN = re.compile(rf"\w+|[^\w\s{HIDDEN}]")
ALSO = re.compile(
    r"\s{1,99}+(?P<places>(?:các\s++)?(?:[Đđ]iểm|[Kk]hoản|[Đđ]iều|[Cc]hương|Phụ lục)\s[^;.:\n]{1,80}?\s(?:của\s++)?)?"
    r"(?:các\s++)?(?:Luật|Nghị định|Nghị quyết|Thông tư|Quyết định|Pháp lệnh|Chỉ thị)[^,;.]{0,20}?\s+số\s"
)
"""``… và bãi bỏ các Quyết định số``, ``… và bãi bỏ Điều 2 Thông tư số``: a second verb behind the title of a text."""
LAWS = frozenset({"Luật", "Bộ luật", "Bộ Luật", "Pháp lệnh"})
"""Their name is their title; of other texts a title follows the number."""
AMENDING_TITLE = re.compile(
    r"(?:sửa đổi|bổ sung|bãi bỏ)(?:(?!của\s+các\s|các\s+(?:Nghị|Thông|Luật|Quyết|Pháp))[^;\n])*\Z"
)
"""The title of a text that amends one other ends with that one."""
