//! Channels. The error types are the standard library's own.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use crate::sys::{self, Deadline};

pub use std::sync::mpsc::{RecvError, RecvTimeoutError, SendError, TryRecvError, TrySendError};

struct Channel<T> {
    queue: RefCell<VecDeque<T>>,
    /// How many values may wait; of 0, one waits until it was received.
    bound: Option<usize>,
    senders: Cell<usize>,
    receiver: Cell<bool>,
    /// How many values were received; also what senders wait on.
    received: Cell<u64>,
    sent: Cell<u64>,
}

// SAFETY: one thread runs at a time; neither a cell nor a borrow is used across a switch.
unsafe impl<T: Send> Send for Channel<T> {}
// SAFETY: as above.
unsafe impl<T: Send> Sync for Channel<T> {}

/// A channel without a bound.
pub fn channel<T>() -> (Sender<T>, Receiver<T>) {
    let channel = new(None);
    (Sender(channel.clone()), Receiver(channel))
}

/// A channel that holds so many values; with 0, a send returns when its value was received.
pub fn sync_channel<T>(bound: usize) -> (SyncSender<T>, Receiver<T>) {
    let channel = new(Some(bound));
    (SyncSender(channel.clone()), Receiver(channel))
}

fn new<T>(bound: Option<usize>) -> Arc<Channel<T>> {
    Arc::new(Channel {
        queue: RefCell::new(VecDeque::new()),
        bound,
        senders: Cell::new(1),
        receiver: Cell::new(true),
        received: Cell::new(0),
        sent: Cell::new(0),
    })
}

impl<T> Channel<T> {
    fn push(&self, value: T) -> u64 {
        self.queue.borrow_mut().push_back(value);
        self.sent.set(self.sent.get() + 1);
        sys::wake_one(&self.queue);
        self.sent.get()
    }

    fn pop(&self) -> Option<T> {
        let value = self.queue.borrow_mut().pop_front()?;
        self.received.set(self.received.get() + 1);
        sys::wake_all(&self.received);
        Some(value)
    }

    fn is_full(&self) -> bool {
        self.bound.is_some_and(|bound| self.queue.borrow().len() >= bound.max(1))
    }

    fn add_sender(&self) {
        self.senders.set(self.senders.get() + 1);
    }

    fn drop_sender(&self) {
        self.senders.set(self.senders.get() - 1);
        if self.senders.get() == 0 {
            sys::wake_all(&self.queue);
        }
    }
}

/// The sending half of [`channel`].
pub struct Sender<T>(Arc<Channel<T>>);

impl<T> Sender<T> {
    /// Sends a value; never waits.
    ///
    /// # Errors
    /// The value, when the receiver is gone.
    pub fn send(&self, value: T) -> Result<(), SendError<T>> {
        if !self.0.receiver.get() {
            return Err(SendError(value));
        }
        self.0.push(value);
        Ok(())
    }
}

/// The sending half of [`sync_channel`].
pub struct SyncSender<T>(Arc<Channel<T>>);

impl<T> SyncSender<T> {
    /// Sends a value; waits while the channel is full.
    ///
    /// # Errors
    /// The value, when the receiver is gone.
    pub fn send(&self, value: T) -> Result<(), SendError<T>> {
        let channel = &self.0;
        while channel.receiver.get() && channel.is_full() {
            sys::wait(&channel.received, c"channel (send)", None, Deadline::NEVER);
        }
        if !channel.receiver.get() {
            return Err(SendError(value));
        }
        let number = channel.push(value);
        while channel.bound == Some(0) && channel.receiver.get() && channel.received.get() < number {
            sys::wait(&channel.received, c"channel (rendezvous)", None, Deadline::NEVER);
        }
        match channel.bound == Some(0) && channel.received.get() < number {
            true => channel.queue.borrow_mut().pop_back().map_or(Ok(()), |value| Err(SendError(value))),
            false => Ok(()),
        }
    }

    /// Sends a value if there is room.
    ///
    /// # Errors
    /// The value, when the channel is full or the receiver is gone.
    pub fn try_send(&self, value: T) -> Result<(), TrySendError<T>> {
        if !self.0.receiver.get() {
            return Err(TrySendError::Disconnected(value));
        }
        if self.0.is_full() {
            sys::refused();
            return Err(TrySendError::Full(value));
        }
        self.0.push(value);
        Ok(())
    }
}

/// The receiving half of a channel.
pub struct Receiver<T>(Arc<Channel<T>>);

impl<T> Receiver<T> {
    /// Waits for a value.
    ///
    /// # Errors
    /// When there is none and every sender is gone.
    pub fn recv(&self) -> Result<T, RecvError> {
        self.recv_until(Deadline::NEVER).map_err(|_| RecvError)
    }

    /// Waits for a value, for so long at most.
    ///
    /// # Errors
    /// That the time passed, or that every sender is gone.
    pub fn recv_timeout(&self, duration: Duration) -> Result<T, RecvTimeoutError> {
        self.recv_until(Deadline::after(duration))
    }

    /// Takes a value if there is one.
    ///
    /// # Errors
    /// That there is none, or will be none.
    pub fn try_recv(&self) -> Result<T, TryRecvError> {
        match self.0.pop() {
            Some(value) => Ok(value),
            None if self.0.senders.get() == 0 => Err(TryRecvError::Disconnected),
            None => {
                sys::refused();
                Err(TryRecvError::Empty)
            }
        }
    }

    /// The values that come, until every sender is gone.
    pub fn iter(&self) -> Iter<'_, T> {
        Iter(self)
    }

    /// The values that are there.
    pub fn try_iter(&self) -> TryIter<'_, T> {
        TryIter(self)
    }

    fn recv_until(&self, deadline: Deadline) -> Result<T, RecvTimeoutError> {
        loop {
            if let Some(value) = self.0.pop() {
                return Ok(value);
            }
            if self.0.senders.get() == 0 {
                return Err(RecvTimeoutError::Disconnected);
            }
            if !sys::wait(&self.0.queue, c"channel (receive)", None, deadline) {
                return self.0.pop().ok_or(RecvTimeoutError::Timeout);
            }
        }
    }
}

/// See [`Receiver::iter`].
pub struct Iter<'a, T>(&'a Receiver<T>);

impl<T> Iterator for Iter<'_, T> {
    type Item = T;

    fn next(&mut self) -> Option<T> {
        self.0.recv().ok()
    }
}

/// See [`Receiver::try_iter`].
pub struct TryIter<'a, T>(&'a Receiver<T>);

impl<T> Iterator for TryIter<'_, T> {
    type Item = T;

    fn next(&mut self) -> Option<T> {
        self.0.try_recv().ok()
    }
}

/// The values that come, with the receiver.
pub struct IntoIter<T>(Receiver<T>);

impl<T> Iterator for IntoIter<T> {
    type Item = T;

    fn next(&mut self) -> Option<T> {
        self.0.recv().ok()
    }
}

impl<T> IntoIterator for Receiver<T> {
    type Item = T;
    type IntoIter = IntoIter<T>;

    fn into_iter(self) -> IntoIter<T> {
        IntoIter(self)
    }
}

impl<'a, T> IntoIterator for &'a Receiver<T> {
    type Item = T;
    type IntoIter = Iter<'a, T>;

    fn into_iter(self) -> Iter<'a, T> {
        self.iter()
    }
}

impl<T> Clone for Sender<T> {
    fn clone(&self) -> Self {
        self.0.add_sender();
        Sender(self.0.clone())
    }
}

impl<T> Clone for SyncSender<T> {
    fn clone(&self) -> Self {
        self.0.add_sender();
        SyncSender(self.0.clone())
    }
}

impl<T> Drop for Sender<T> {
    fn drop(&mut self) {
        self.0.drop_sender();
    }
}

impl<T> Drop for SyncSender<T> {
    fn drop(&mut self) {
        self.0.drop_sender();
    }
}

impl<T> Drop for Receiver<T> {
    fn drop(&mut self) {
        self.0.receiver.set(false);
        sys::wake_all(&self.0.received);
        let unread = std::mem::take(&mut *self.0.queue.borrow_mut());
        // A rendezvous takes its value back.
        if self.0.bound == Some(0) {
            *self.0.queue.borrow_mut() = unread;
        }
    }
}

impl<T> fmt::Debug for Sender<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sender").finish_non_exhaustive()
    }
}

impl<T> fmt::Debug for SyncSender<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SyncSender").finish_non_exhaustive()
    }
}

impl<T> fmt::Debug for Receiver<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Receiver").finish_non_exhaustive()
    }
}
