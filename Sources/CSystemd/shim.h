// libsystemd: readiness and watchdog (sd-daemon.h), structured log (sd-journal.h). None of what is used is variadic.
#pragma once
#include <systemd/sd-daemon.h>
#include <systemd/sd-journal.h>
