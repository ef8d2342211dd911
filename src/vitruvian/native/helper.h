/* One more thread, which helps with jobs that consist of rows. */

#ifndef VITRUVIAN_HELPER_H
#define VITRUVIAN_HELPER_H

/* Do the rows of a job from `first` to before `end`. */
typedef void DoRows(const void *job, int first, int end);

/* Do all rows of a job, some of them on the helper thread if there is a second core and nobody else
   uses it. Rows may be done in any order, and at the same time. */
void share_rows(DoRows *do_rows, const void *job, int rows);

#endif
