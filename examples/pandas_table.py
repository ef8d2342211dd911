"""Make a pandas table of a video: the height of both wrists over time, as a CSV file and a plot.

The arguments are the video, and the files to write without their endings.
"""

import sys

import matplotlib.pyplot as plt

import vitruvian


def main(source: str = "samples/jumping_jacks.mp4", output: str = "wrists") -> None:
    """Track the most prominent person, and save the heights."""
    # One row per frame and landmark. The columns are those of the CSV file of `vitruvian run`.
    table = vitruvian.Recording.of(source).to_dataframe()
    print(table.head(3).to_string(index=False), end="\n\n")

    # World landmarks are in metres from the hips' midpoint, and their y axis points down.
    wrists = table[table["name"].isin(["left_wrist", "right_wrist"])]
    heights_m = -wrists.pivot(index="time_s", columns="name", values="world_y")

    # A landmark that is occluded is a guess, which its visibility shows.
    visibility = wrists.pivot(index="time_s", columns="name", values="visibility")
    heights_m = heights_m.where(visibility > 0.5)

    print(heights_m.describe().round(2).to_string(), end="\n\n")
    is_up = (heights_m > 0.5).all(axis="columns")
    print(f"Both wrists are more than 0.5 m above the hips in {is_up.mean():.0%} of the frames.")

    axis = heights_m.plot(figsize=(8, 3.5), color=["tab:orange", "tab:blue"], grid=True)
    axis.set(title="Height of the wrists above the hips", xlabel="time in s", ylabel="height in m")
    axis.legend(loc="upper left", bbox_to_anchor=(1, 1))
    axis.figure.savefig(f"{output}.png", dpi=90, bbox_inches="tight")
    plt.close(axis.figure)
    heights_m.to_csv(f"{output}.csv", float_format="%.4f")
    print(f"The table is in {output}.csv, the plot in {output}.png.")


if __name__ == "__main__":
    main(*sys.argv[1:])
