/* Computes the landmarks of one person from the outputs of the network: stages/decoding.py, bit for
   bit. */

#include "landmarks.h"

#include "exponential.h"
#include "native.h"

enum { POSE = 33, USED = 35, VALUES = 5, HEATMAP_SIDE = 64, HEATMAPS = 39, MAX_WINDOW_CELLS = 9 };

#define INPUT_SIZE_PX 256.0f
#define MIN_HEATMAP_CONFIDENCE 0.5f

/* Where a region lies in the image, and where in the square that the network saw; normalized. */
typedef struct {
    float center_x, center_y, width, height;
    float cosine, sine;
    float padding_x, padding_y;
} Placement;

static int least(int one, int other)
{
    return one < other ? one : other;
}

static int most(int one, int other)
{
    return one > other ? one : other;
}

/* The cells of a heatmap in a window, which is cut off at the heatmap's edges. */
typedef struct {
    int left, right, top, bottom; /* `right` and `bottom` are the first cells behind the window */
} Window;

static Window window_around(int column, int row, int window_cells)
{
    int left = column - (window_cells - 1) / 2, top = row - (window_cells - 1) / 2;
    Window window = {most(left, 0), least(left + window_cells, HEATMAP_SIDE), most(top, 0),
                     least(top + window_cells, HEATMAP_SIDE)};
    return window;
}

static void compute_sigmoids(const float *x, int count, int rounds_correctly, float *sigmoids)
{
#if defined(HAS_AVX2_CODE)
    if (uses_vectors() && !rounds_correctly) {
        sigmoids_avx2(x, count, sigmoids);
        return;
    }
#endif
    for (int i = 0; i < count; i++)
        sigmoids[i] = sigmoid(x[i], rounds_correctly);
}

/* Compute the confidences in a window, row by row. The logits are collected first, so that the
   processor waits for all of them at once. */
static void collect(const float *heatmap, Window window, int rounds_correctly, float *confidences)
{
    float logits[MAX_WINDOW_CELLS * MAX_WINDOW_CELLS];
    int count = 0;
    for (int y = window.top; y < window.bottom; y++)
        for (int x = window.left; x < window.right; x++)
            logits[count++] = heatmap[(y * HEATMAP_SIDE + x) * HEATMAPS];
    compute_sigmoids(logits, count, rounds_correctly, confidences);
}

/* Move a point to the centre of mass of its heatmap in a window around it. */
static void refine(float *point, const float *heatmap, int window_cells, int rounds_correctly)
{
    float column = truncf(point[0] * HEATMAP_SIDE), row = truncf(point[1] * HEATMAP_SIDE);
    if (!(column >= 0 && column < HEATMAP_SIDE && row >= 0 && row < HEATMAP_SIDE))
        return;
    Window window = window_around((int)column, (int)row, window_cells);
    float confidences[MAX_WINDOW_CELLS * MAX_WINDOW_CELLS], *confidence = confidences;
    float maximum = 0, total = 0, moment_x = 0, moment_y = 0;
    collect(heatmap, window, rounds_correctly, confidences);
    for (int y = window.top; y < window.bottom; y++) {
        for (int x = window.left; x < window.right; x++, confidence++) {
            if (*confidence > maximum)
                maximum = *confidence;
            total += *confidence;
            moment_x += (float)x * *confidence;
            moment_y += (float)y * *confidence;
        }
    }
    if (maximum >= MIN_HEATMAP_CONFIDENCE && total > 0) { /* false if a confidence is NaN */
        point[0] = moment_x / HEATMAP_SIDE / total;
        point[1] = moment_y / HEATMAP_SIDE / total;
    }
}

static void rotate(float *point, const Placement *placement)
{
    float x = point[0], y = point[1];
    point[0] = placement->cosine * x - placement->sine * y;
    point[1] = placement->sine * x + placement->cosine * y;
}

/* Map a point from the square that the network saw to the image. */
static void project(float *point, const Placement *placement)
{
    float scale_x = 1 - (placement->padding_x + placement->padding_x);
    float scale_y = 1 - (placement->padding_y + placement->padding_y);
    point[0] = (point[0] - placement->padding_x) / scale_x - 0.5f;
    point[1] = (point[1] - placement->padding_y) / scale_y - 0.5f;
    point[2] = point[2] / scale_x;
    rotate(point, placement);
    point[0] = point[0] * placement->width + placement->center_x;
    point[1] = point[1] * placement->height + placement->center_y;
    point[2] = point[2] * placement->width + 0;
}

/* Compute a person.

   values:        39 x 5: x, y, z in pixels of the crop, visibility and presence before the sigmoid
   heatmaps:      64 x 64 x 39, before the sigmoid
   world_values:  39 x 3, rotated as the crop
   center_x, ...: of the region, normalized; `padding` is normalized by the crop's side
   window_cells:  side of the window in a heatmap, at most 9
   points:        35 x 3, receives the landmarks and the auxiliary landmarks; the others 33 */
void decode(const float *values, const float *heatmaps, const float *world_values, float center_x,
            float center_y, float width, float height, float cosine, float sine, float padding_x,
            float padding_y, int window_cells, int rounds_correctly, float *points,
            float *world_points, float *visibility, float *presence)
{
    const Placement placement = {center_x, center_y, width,     height,
                                 cosine,   sine,     padding_x, padding_y};
    for (int i = 0; i < USED; i++, points += 3) {
        for (int axis = 0; axis < 3; axis++)
            points[axis] = values[VALUES * i + axis] / INPUT_SIZE_PX;
        refine(points, heatmaps + i, window_cells, rounds_correctly);
        project(points, &placement);
    }
    for (int i = 0; i < POSE; i++, world_points += 3) {
        memcpy(world_points, world_values + 3 * i, 3 * sizeof *world_points);
        rotate(world_points, &placement);
        visibility[i] = sigmoid(values[VALUES * i + 3], rounds_correctly);
        presence[i] = sigmoid(values[VALUES * i + 4], rounds_correctly);
    }
}
