// libzip: reading entries of an archive held in memory. None of what is used is variadic.
#pragma once
#include <zip.h>
