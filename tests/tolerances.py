"""How close is close enough, and why."""

# Two runtimes add up the same products in another order: a few parts in 10^6 of the largest value,
# typically. The worst is the mask's rim, before its sigmoid. Noise, which is no picture, drives the
# values further.
NETWORK_MEDIAN = 1e-5
NETWORK_WORST = 3e-4
NETWORK_WORST_ON_NOISE = 2e-3

# bfloat16 keeps 8 bits of each number, half a percent; some tens of layers add to that.
REDUCED_PRECISION = 0.05

# float32 picture coordinates of up to 2000 px, through a handful of operations.
PIXELS = 1e-3

# The mannequin's joints are those of its own skeleton, not those that people annotate; MediaPipe
# itself is off by 5.0 % of the torso.
TRUTH_PART_OF_TORSO = 0.06

# A last digit of float32 near 1 is 1.2e-7; half a dozen operations follow the networks.
LAST_DIGIT = 1e-6

# Another runtime than MediaPipe's: its detections differ in the 6th digit, which moves the region,
# and single bytes of the crop with it; from the same region, landmarks differ far less.
OTHER_RUNTIME_SCORE = 1e-5
OTHER_RUNTIME_PX = 0.02

# The mean over a picture, in float16. Masks are equal, unless another processor adds up the
# network's products in another order, which changes the last digit of a few.
MASK_MEAN = 1e-6

# Versions of OpenCV add up the four products of a bilinear sum in different orders, or fuse them.
# The last digit of float32 below 1 is 6e-8.
BILINEAR_SUM = 2.5e-7

# Evaluation: both evaluators compute in float64, and differ in the order of their additions.
OTHER_EVALUATOR = 1e-12
# Resampled curves are computed in float32, whose last digit is 6e-8. They only give intervals.
RESAMPLED_PRECISION = 2e-7

# Levels of 8 bits: half a level of rounding, and what FFmpeg's fixed-point sums lose.
YUV_LEVELS = 0.75

# Levels of 8 bits, root mean square: what AV1 loses of images without noise. The next image of the
# tests differs by more.
AV1_RMS_LEVELS = 2.0

# Two solvers of the same equations, as part of the noise that they smooth. At a cutoff of 0.5 Hz
# the equations lose up to ten of the 16 digits of float64.
SMOOTH_COURSE = 1e-6

# Places in the room, in metres, that float64 solves from coordinates of some hundred pixels.
SOLVED = 1e-9

# Files of motion capture have numbers with six digits after the point.
WRITTEN = 1e-6
