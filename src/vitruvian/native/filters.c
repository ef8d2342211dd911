/* The filters of one person in a video: stages/filters.py and stages/smoothing.py, bit for bit. */

#include <math.h>
#include <stddef.h>
#include <string.h>

enum { POSE = 33, AUXILIARY = 2, COORDINATES = 3 * POSE };

#define TAU 6.283185307179586
#define DERIVATIVE_CUTOFF_HZ 1.0
#define VISIBILITY_ALPHA 0.1f
#define MAX_INTERVAL_NS 9223372036854775808.0 /* 2^63 */

/* A one-euro filter. Its cutoff frequencies are floats, as MediaPipe's graph keeps them. */
typedef struct {
    int has_begun;
    double timestamp_s;
    float last[COORDINATES], derivative[COORDINATES], values[COORDINATES];
} OneEuro;

typedef struct {
    float min_cutoff_hz;
    double beta;
} Cutoff;

/* All that is kept of a person from frame to frame; zeros before the first. */
typedef struct {
    OneEuro landmarks, world_landmarks, auxiliary;
    int has_visibility;
    float visibility[POSE];
} Filters;

static const Cutoff LANDMARKS = {0.05f, 80}, WORLD_LANDMARKS = {0.1f, 40}, ALIGNMENT = {0.01f, 10};

size_t filters_size(void)
{
    return sizeof(Filters);
}

/* Restart the filters of landmarks; those of visibility and world landmarks continue. */
void lose_person(Filters *filters)
{
    filters->landmarks.has_begun = filters->auxiliary.has_begun = 0;
}

static float low_pass(float value, float previous, float alpha)
{
    float added = alpha * value; /* rounded before the sum */
    return (float)(added + (1 - (double)alpha) * previous);
}

static double alpha_of(double cutoff_hz, double frequency_hz)
{
    double interval_s = 1 / frequency_hz, time_constant_s = 1 / (TAU * cutoff_hz);
    return 1 / (1 + time_constant_s / interval_s);
}

/* Return the frames per second; time is counted in whole nanoseconds. */
static double frequency_since(double last_s, double timestamp_s)
{
    double interval_ns = nearbyint((timestamp_s - last_s) * 1e9);
    interval_ns = interval_ns > 1 ? interval_ns : 1;
    return 1 / ((interval_ns < MAX_INTERVAL_NS ? interval_ns : MAX_INTERVAL_NS) * 1e-9);
}

static void begin(OneEuro *filter, int count, const float *values)
{
    for (int i = 0; i < count; i++) {
        filter->derivative[i] = 0;
        filter->last[i] = filter->values[i] = values[i];
    }
    filter->has_begun = 1;
}

static void advance(OneEuro *filter, Cutoff cutoff, double strength, int count, const float *values,
                    double frequency_hz, double scale)
{
    float derivative_alpha = (float)alpha_of(DERIVATIVE_CUTOFF_HZ, frequency_hz);
    for (int i = 0; i < count; i++) {
        double moved = (double)values[i] - filter->last[i];
        float speed = (float)(moved * scale * frequency_hz);
        filter->derivative[i] = low_pass(speed, filter->derivative[i], derivative_alpha);
        double cutoff_hz = cutoff.min_cutoff_hz + cutoff.beta * fabs(filter->derivative[i]);
        float alpha = (float)alpha_of(cutoff_hz / strength, frequency_hz);
        filter->values[i] = low_pass(values[i], filter->values[i], alpha);
        filter->last[i] = values[i];
    }
}

static void one_euro(OneEuro *filter, Cutoff cutoff, double strength, int count, const float *values,
                     double timestamp_s, double scale)
{
    if (filter->has_begun) {
        double frequency_hz = frequency_since(filter->timestamp_s, timestamp_s);
        advance(filter, cutoff, strength, count, values, frequency_hz, scale);
    } else {
        begin(filter, count, values);
    }
    filter->timestamp_s = timestamp_s;
}

static void smooth_in_pixels(OneEuro *filter, Cutoff cutoff, double strength, int count,
                             const float *points, const float *size_px, double timestamp_s,
                             double scale, float *smoothed)
{
    float points_px[COORDINATES];
    for (int i = 0; i < count; i++)
        points_px[i] = points[i] * size_px[i % 3];
    one_euro(filter, cutoff, strength, count, points_px, timestamp_s, scale);
    for (int i = 0; i < count; i++)
        smoothed[i] = filter->values[i] / size_px[i % 3];
}

static void smooth_visibility(Filters *filters, const float *visibility, float *smoothed)
{
    for (int i = 0; i < POSE; i++) {
        float value = visibility[i];
        if (filters->has_visibility)
            value = low_pass(value, filters->visibility[i], VISIBILITY_ALPHA);
        filters->visibility[i] = smoothed[i] = value;
    }
    filters->has_visibility = 1;
}

/* Copy points after a conversion to pixels and back, which changes last digits. */
static void round_in_pixels(const float *points, const float *size_px, float *rounded)
{
    for (int i = 0; i < COORDINATES; i++)
        rounded[i] = points[i] * size_px[i % 3] / size_px[i % 3];
}

/* Smooth the landmarks of a person in the next frame.

   landmarks, ...:    those found, then those smoothed; `width` and `height`, the image's size in
                      pixels, normalize the landmarks and the auxiliary landmarks
   scale:             1 / the diameter of the circle around the body, in pixels
   strength:          the cutoff frequencies of all but the auxiliary landmarks are divided by it
   smooths_landmarks: if 0, only the auxiliary landmarks are smoothed */
void smooth_person(Filters *filters, const float *landmarks, const float *auxiliary,
                   const float *world_landmarks, const float *visibility, double timestamp_s,
                   float width, float height, double scale, double strength, int smooths_landmarks,
                   float *smoothed_landmarks, float *smoothed_auxiliary,
                   float *smoothed_world_landmarks, float *smoothed_visibility)
{
    const float size_px[3] = {width, height, width};
    smooth_in_pixels(&filters->auxiliary, ALIGNMENT, 1, 3 * AUXILIARY, auxiliary, size_px,
                     timestamp_s, scale, smoothed_auxiliary);
    if (!smooths_landmarks) {
        round_in_pixels(landmarks, size_px, smoothed_landmarks);
        memcpy(smoothed_world_landmarks, world_landmarks, COORDINATES * sizeof(float));
        memcpy(smoothed_visibility, visibility, POSE * sizeof(float));
        return;
    }
    smooth_in_pixels(&filters->landmarks, LANDMARKS, strength, COORDINATES, landmarks, size_px,
                     timestamp_s, scale, smoothed_landmarks);
    one_euro(&filters->world_landmarks, WORLD_LANDMARKS, strength, COORDINATES, world_landmarks,
             timestamp_s, 1);
    memcpy(smoothed_world_landmarks, filters->world_landmarks.values, COORDINATES * sizeof(float));
    smooth_visibility(filters, visibility, smoothed_visibility);
}
