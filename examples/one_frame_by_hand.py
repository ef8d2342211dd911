"""Take one frame through the stages by hand, as `vitruvian.Pose` does, and draw what each gives."""

import sys
from itertools import islice

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.patches import Circle, Polygon, Rectangle

import vitruvian
from vitruvian.networks import Networks
from vitruvian.options import PoseOptions
from vitruvian.stages import crop, geometry, region
from vitruvian.stages.mediapipe_versions import SOLUTIONS_0_10_21 as MEDIAPIPE


def main(source: str = "samples/jumping_jacks.mp4", drawing: str = "one_frame.png") -> None:
    """Analyse an image, or the twelfth frame of a video."""
    frames, networks = vitruvian.frames(source), Networks(PoseOptions())
    image, size = list(islice(frames, 12))[-1].image, frames.size

    # 1. In the whole image, the detector finds faces, hips, and points on circles around bodies.
    (people,) = networks.detect(image, [geometry.WHOLE_IMAGE])
    if not len(people):
        sys.exit(f"The detector finds no person in {source}: give another image.")
    face_px, points = people.boxes[0] * (*size, *size), people.keypoints[0, :2]
    # 2. The points make the circle, which makes the region: a larger square, rotated like the body.
    circle = region.BodyCircle.around(points, size, MEDIAPIPE)
    square = region.region_around(points, size, MEDIAPIPE)
    # 3. The region is cut out. In this crop the body is upright.
    image_from_crop = geometry.image_from_crop(square, size, 256, MEDIAPIPE)
    shown_to_model = np.empty((256, 256, 3), np.float32)
    crop.cut(image, image_from_crop, shown_to_model, border="replicate", scale=crop.TO_UNIT)
    corners_in_crop = np.array([(0, 0, 1), (256, 0, 1), (256, 256, 1), (0, 256, 1)])
    corners_px = (corners_in_crop @ image_from_crop.T)[:, :2]  # the matrix is affine
    # 4. The landmark model sees the crop. Its landmarks are mapped back to the image.
    landmarks_px = networks.landmark(image, [square])[0].landmarks[0, :, :2] * size

    _, axes = plt.subplots(1, 3, figsize=(15, 4.4), layout="constrained")
    titles = ("Detector → region", "The crop that the landmark model sees", "Landmarks")
    for axis, shown, title in zip(axes, (image, shown_to_model, image), titles, strict=True):
        axis.imshow(shown)
        axis.set(title=title, xticks=(), yticks=())
    face = Rectangle(face_px[:2], *(face_px[2:] - face_px[:2]), color="gold", label="face box")
    around = Circle(points[0] * size, circle.radius_px, color="deepskyblue", label="circle")
    for patch in (face, around, Polygon(corners_px, color="limegreen", label="region")):
        axes[0].add_patch(patch).set(fill=False, linewidth=2.5)
    incline = f"incline: {np.degrees(circle.angle_rad):.1f}°"
    axes[0].plot(*(points * size).T, color="orangered", linewidth=2.5, label=incline)
    axes[0].plot(*points[0] * size, "o", color="orangered", markersize=9, label="hips' midpoint")
    axes[0].legend(loc="upper right", bbox_to_anchor=(0, 1))
    for ends in vitruvian.CONNECTIONS:
        axes[2].plot(*landmarks_px[list(ends)].T, color="orangered", linewidth=2)
    plt.savefig(drawing, dpi=90)
    print(f"The drawing is in {drawing}.")


if __name__ == "__main__":
    main(*sys.argv[1:])
