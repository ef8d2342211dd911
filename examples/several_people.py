"""Follow everyone in a video: print who is where, and write a video with ids and trails.

The arguments are the video to read and the video to write.
"""

import sys

import vitruvian


def main(source: str = "samples/jumping_jacks.mp4", output: str = "several_people.mp4") -> None:
    """Follow the people, and print their positions once a second."""
    trails = vitruvian.Trails(length_s=2)
    seen: dict[int, list[float]] = {}  # by id: the times of the first and the last frame
    next_line_s = 0.0
    with (
        vitruvian.frames(source) as frames,
        vitruvian.Pose(num_poses="all") as pose,
        vitruvian.VideoWriter(output, frames.frame_rate) as video,
    ):
        for frame in frames:
            # A person keeps the id, also when someone else passes in front of them.
            result = pose.process(frame.image, frame.timestamp_s)
            # The trails lie under the people. With by_id, each person has a colour and a label.
            image = vitruvian.annotate(trails(frame.image, result), result, by_id=True)
            video.write(image, frame.timestamp_s)

            for identity in result.ids.tolist():
                seen.setdefault(identity, [frame.timestamp_s, 0])[1] = frame.timestamp_s
            if frame.timestamp_s >= next_line_s:
                next_line_s += 1
                print(f"{frame.timestamp_s:6.2f} s: {describe(result)}")
    for identity, (first_s, last_s) in seen.items():
        print(f"Person {identity} was seen from {first_s:.2f} s to {last_s:.2f} s.")
    print(f"The video is in {output}.")


def describe(result: vitruvian.PoseResult) -> str:
    """Return a sentence that says where each person is."""
    sentences = []
    for person in result:  # each is a result with one person
        x, y, _ = person.landmarks_px[0, vitruvian.PoseLandmark.NOSE]
        sentences.append(f"person {person.ids[0]} has the nose at ({x:.0f}, {y:.0f}) px")
    return ", ".join(sentences) or "nobody"


if __name__ == "__main__":
    main(*sys.argv[1:])
