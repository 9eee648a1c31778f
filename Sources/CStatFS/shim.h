// statfs: the kind of a file system. Swift's own module of the C library leaves it out.
#pragma once
#include <sys/statfs.h>
