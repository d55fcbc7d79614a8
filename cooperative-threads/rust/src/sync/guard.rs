//! How guards print: as their values do.

use std::fmt;

use super::{MutexGuard, RwLockReadGuard, RwLockWriteGuard};

macro_rules! print_as_value {
    ($($guard:ident),*) => {$(
        impl<T: ?Sized + fmt::Debug> fmt::Debug for $guard<'_, T> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                (**self).fmt(f)
            }
        }

        impl<T: ?Sized + fmt::Display> fmt::Display for $guard<'_, T> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                (**self).fmt(f)
            }
        }
    )*};
}

print_as_value!(MutexGuard, RwLockReadGuard, RwLockWriteGuard);
