"""Write the diaries anew; read the difference before it is kept."""

from tests.golden.diary import FOLDER, course_of, courses, diary

if __name__ == "__main__":
    for name in courses():
        (FOLDER / f"{name}.diary.md").write_text(diary(course_of(name)), encoding="utf-8")
