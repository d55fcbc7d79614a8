void *work(void *argument);
