"""Vietnamese names in about their real proportions, as tables in which each name stands as often as it is chosen."""

_SURNAMES = """Nguyễn 384, Trần 110, Lê 95, Phạm 70, Hoàng 37, Huỳnh 14, Phan 45, Vũ 27, Võ 12, Đặng 21, Bùi 20,
Đỗ 14, Hồ 13, Ngô 13, Dương 10, Lý 5, Đoàn 8, Đinh 8, Trịnh 7, Mai 6, Đào 6, Lâm 6, Trương 12, Hà 6, Cao 6,
Lương 7, Tạ 4, Tô 3, Chu 3, Thái 3, Vương 3, Nông 3, Triệu 2, Kiều 2, Quách 2, Phùng 3, Tống 2, La 1, Lò 2,
Giàng 1, Vi 2, Hứa 1, Từ 1, Châu 2, Tăng 1, Thạch 1, Quan 1"""
_MALE_MIDDLES = """Văn 300, Hữu 55, Đức 60, Quang 50, Minh 60, Công 35, Xuân 35, Đình 45, Ngọc 45, Thanh 45,
Quốc 40, Tuấn 25, Anh 20, Trọng 20, Duy 25, Viết 15, Bá 15, Thế 20, Mạnh 15, Hoàng 25, Gia 15, Tiến 15, Nhật 10,
Chí 10"""
_FEMALE_MIDDLES = """Thị 420, Thị Thu 35, Thị Thanh 35, Thị Ngọc 35, Thị Hồng 35, Thị Kim 30, Thị Mỹ 20,
Thị Bích 20, Ngọc 60, Thu 45, Thanh 45, Phương 35, Minh 30, Kim 25, Hồng 25, Bích 15, Thùy 25, Mỹ 15, Khánh 20,
Hoài 10, Diệu 10, Quỳnh 15, Bảo 10"""
_MALE_GIVEN = """Hùng 40, Dũng 35, Tuấn 40, Anh 40, Minh 40, Nam 30, Long 30, Hải 35, Sơn 30, Thắng 30, Cường 30,
Hiếu 25, Đức 30, Quang 25, Phong 20, Bình 25, Thành 30, Trung 25, Tùng 20, Khoa 15, Huy 30, Kiên 15, Lâm 15,
Phúc 20, Tài 15, Toàn 15, Việt 15, Vinh 15, Hòa 20, Quân 20, Đạt 20, Khánh 15, Thịnh 10, Lộc 10, Nghĩa 10, Tâm 15,
Trí 10, Tú 10, Hưng 20, Dương 10, Hậu 10"""
_FEMALE_GIVEN = """Lan 35, Hương 40, Hoa 35, Mai 35, Linh 40, Trang 35, Thảo 35, Hà 35, Hằng 30, Thủy 30, Nga 25,
Ngọc 30, Phương 30, Yến 25, Hạnh 25, Loan 20, Hiền 25, Dung 20, Vân 25, Nhung 20, Tuyết 15, Huệ 15, Oanh 15,
Thúy 20, Trinh 15, Vy 15, Anh 30, Như 15, Ngân 20, My 15, Quỳnh 15, Châu 15, Diễm 10, Liên 15, Xuân 10, Cúc 10,
Nguyệt 15, Hồng 20, Thư 15, Uyên 10, Giang 10"""


def _table(weights: str) -> tuple[str, ...]:
    pairs = (one.strip().rpartition(" ") for one in weights.split(","))
    return tuple(name for name, _, weight in pairs for _ in range(int(weight)))


SURNAMES = _table(_SURNAMES)
MIDDLES = (_table(_MALE_MIDDLES), _table(_FEMALE_MIDDLES))  # by sex: male, female
GIVEN = (_table(_MALE_GIVEN), _table(_FEMALE_GIVEN))
