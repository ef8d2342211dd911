/* The matrix of a region's crop: image_from_crop of stages/geometry.py, bit for bit. */

#include <math.h>

enum { UNKNOWNS = 8, CORNERS = 4 };

/* As in stages/transforms.py. */
static const double MIN_PIVOT = 100 * 2.220446049250313e-16;

typedef double Equation[UNKNOWNS + 1];

/* Make the coefficients of row `at` zero below the diagonal. Return 0 if all of them are zero. */
static int eliminate(Equation *rows, int at)
{
    int pivot = at;
    for (int row = at + 1; row < UNKNOWNS; row++)
        if (fabs(rows[row][at]) > fabs(rows[pivot][at]))
            pivot = row;
    if (fabs(rows[pivot][at]) < MIN_PIVOT)
        return 0;
    for (int k = 0; k <= UNKNOWNS; k++) {
        double value = rows[at][k];
        rows[at][k] = rows[pivot][k];
        rows[pivot][k] = value;
    }
    double negative_inverse = -1 / rows[at][at];
    for (int row = at + 1; row < UNKNOWNS; row++) {
        double factor = rows[row][at] * negative_inverse;
        for (int k = at + 1; k <= UNKNOWNS; k++)
            rows[row][k] += factor * rows[at][k];
    }
    return 1;
}

static void solve(Equation *rows, double solution[UNKNOWNS])
{
    for (int i = 0; i < UNKNOWNS; i++)
        solution[i] = 0;
    for (int i = 0; i < UNKNOWNS; i++)
        if (!eliminate(rows, i))
            return;
    for (int i = UNKNOWNS - 1; i >= 0; i--) {
        double total = rows[i][UNKNOWNS];
        for (int k = i + 1; k < UNKNOWNS; k++)
            total -= rows[i][k] * solution[k];
        solution[i] = total / rows[i][i];
    }
}

static void perspective(const float points[CORNERS][2], const float mapped[CORNERS][2],
                        double matrix[9])
{
    Equation rows[UNKNOWNS];
    for (int i = 0; i < CORNERS; i++) {
        float x = points[i][0], y = points[i][1], to_x = mapped[i][0], to_y = mapped[i][1];
        const Equation of_x = {x, y, 1, 0, 0, 0, -x * to_x, -y * to_x, to_x};
        const Equation of_y = {0, 0, 0, x, y, 1, -x * to_y, -y * to_y, to_y};
        for (int k = 0; k <= UNKNOWNS; k++) {
            rows[i][k] = of_x[k];
            rows[i + CORNERS][k] = of_y[k];
        }
    }
    solve(rows, matrix);
    matrix[8] = 1;
}

static void invert(const double matrix[9], double inverse[9])
{
    const double a = matrix[0], b = matrix[1], c = matrix[2], d = matrix[3], e = matrix[4],
                 f = matrix[5], g = matrix[6], h = matrix[7], i = matrix[8];
    const double cofactors[9] = {e * i - f * h, c * h - b * i, b * f - c * e,
                                 f * g - d * i, a * i - c * g, c * d - a * f,
                                 d * h - e * g, b * g - a * h, a * e - b * d};
    double determinant = a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g);
    double scale = determinant == 0 ? 0 : 1 / determinant;
    for (int k = 0; k < 9; k++)
        inverse[k] = determinant == 0 ? 0 : cofactors[k] * scale;
}

/* Compute the matrix that maps pixels of a crop to pixels of the image.

   center_x, center_y: of the region, in pixels of the image
   width, height:      of the region, or of the square around it, in pixels
   cosine, sine:       of its angle
   mirrors:            two corners are computed, the other two are their mirror images
   size:               side of the crop
   matrix:             3 x 3, receives the result */
void image_from_crop(float center_x, float center_y, float width, float height, float cosine,
                     float sine, int mirrors, float size, double *matrix)
{
    float right_x = cosine * 0.5f * width, right_y = sine * 0.5f * width;
    float down_x = -(sine * 0.5f) * height, down_y = cosine * 0.5f * height;
    /* Bottom left, top left, top right, bottom right. */
    float in_image[CORNERS][2] = {
        {center_x + down_x - right_x, center_y + down_y - right_y},
        {center_x - down_x - right_x, center_y - down_y - right_y},
        {center_x - down_x + right_x, center_y - down_y + right_y},
        {center_x + down_x + right_x, center_y + down_y + right_y}};
    const float in_crop[CORNERS][2] = {{0, size}, {0, 0}, {size, 0}, {size, size}};
    if (mirrors) {
        for (int i = 0; i < 2; i++) {
            in_image[2 + i][0] = 2 * center_x - in_image[i][0];
            in_image[2 + i][1] = 2 * center_y - in_image[i][1];
        }
    }
    double crop_from_image[9];
    perspective((const float(*)[2])in_image, in_crop, crop_from_image);
    invert(crop_from_image, matrix);
}
