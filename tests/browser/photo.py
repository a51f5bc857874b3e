"""A photo as a phone takes one: made for the test, 4000 by 3000 pixels, with a place and a camera in its data."""

from pathlib import Path

from PIL import Image, ImageDraw

SIZE = (4000, 3000)


def take_photo(folder: Path) -> Path:
    """Make a photo in `folder` and return where it is."""
    image = Image.new("RGB", SIZE, "#d8cba8")
    draw = ImageDraw.Draw(image)
    for line in range(0, SIZE[1], 150):
        draw.line(((0, line), (SIZE[0], line + 90)), fill="#1d3557", width=14)
    exif = Image.Exif()
    exif[0x0110] = "A camera of the workshop"
    path = folder / "flip chart.jpg"
    image.save(path, quality=92, exif=exif)
    return path
