"""A link as a picture that the camera of a phone reads."""

from django.utils.safestring import SafeString


def for_a_camera(link: str) -> SafeString:
    """The QR code of a link, drawn in place: no file and no script."""
    import qrcode
    from qrcode.image.svg import SvgPathImage

    drawn = qrcode.make(link, image_factory=SvgPathImage, border=2).to_string(encoding="unicode")
    return SafeString(drawn)  # our own drawing; the link is in its shape only
