// libxlsxwriter: writing workbooks. None of what is used is variadic.
#pragma once
#include <xlsxwriter.h>

// glibc's, which <sys/mman.h> shows to those only who ask for GNU's own: a file in memory that has no name.
int memfd_create(const char *name, unsigned int flags);
