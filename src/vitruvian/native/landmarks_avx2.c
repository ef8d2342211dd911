/* The sigmoids of the heatmaps with AVX2. The numbers are those of exponential.h. */

#include "native.h"

#ifdef HAS_AVX2_CODE

#include "exponential_avx2.h"
#include "landmarks.h"

AVX2 void sigmoids_avx2(const float *x, int count, float *sigmoids)
{
    const __m128 one = _mm_set1_ps(1);
    int i = 0;
    for (; i + 4 <= count; i += 4) {
        __m128 exponential = expf_of_four(negated(_mm_loadu_ps(x + i)));
        _mm_storeu_ps(sigmoids + i, _mm_div_ps(one, _mm_add_ps(one, exponential)));
    }
    for (; i < count; i++)
        sigmoids[i] = sigmoid(x[i], 0);
}

#endif
