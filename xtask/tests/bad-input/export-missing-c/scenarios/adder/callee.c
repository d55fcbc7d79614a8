#include "callee.h"
