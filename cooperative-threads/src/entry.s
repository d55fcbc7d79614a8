# What C cannot say, or not to every compiler: the stack pointer, the TLS base,
# unwinding, and what type a function really has.
#
# __tls_base is defined here because wasm-ld would define it as a constant in a
# memory that is not shared; a definition in an object file takes its place.
#
# coop_stack_limit is the running thread's lowest stack address. cooperative-threads/weave
# adds comparisons with it to every function that takes a frame. It is set before
# the stack pointer is.

	.globaltype	__stack_pointer, i32
	.globaltype	__tls_base, i32
	.globaltype	coop_stack_limit, i32
	.tabletype	__indirect_function_table, funcref
	.tagtype	coop_unwind_tag i32
	.tagtype	__cpp_exception i32

	.functype	coop_host_resume (i32) -> ()
	.functype	coop_thread_main (i32) -> ()
	.functype	coop_report_own_overflow () -> ()

	.globl	coop_unwind_tag
coop_unwind_tag:

# The tag of C++ exceptions and Rust panics: since LLVM 21 a library has to have it.
	.globl	__cpp_exception
__cpp_exception:

	.globl	__tls_base
__tls_base:

	.globl	coop_stack_limit
coop_stack_limit:

# void coop_entry(coop_thread *thread): where the host starts a thread.
	.section	.text.coop_entry,"",@
	.globl	coop_entry
	.type	coop_entry,@function
coop_entry:
	.functype	coop_entry (i32) -> ()
	local.get	0
	i32.load	8
	global.set	coop_stack_limit
	local.get	0
	i32.load	0
	global.set	__stack_pointer
	local.get	0
	i32.load	4
	global.set	__tls_base
	local.get	0
	call	coop_thread_main
	end_function

# void coop_switch(uint32_t index): suspends this thread and resumes that one.
	.section	.text.coop_switch,"",@
	.globl	coop_switch
	.type	coop_switch,@function
coop_switch:
	.functype	coop_switch (i32) -> ()
	.local	i32, i32, i32
	global.get	coop_stack_limit
	local.set	3
	global.get	__stack_pointer
	local.set	1
	global.get	__tls_base
	local.set	2
	local.get	0
	call	coop_host_resume
	local.get	3
	global.set	coop_stack_limit
	local.get	1
	global.set	__stack_pointer
	local.get	2
	global.set	__tls_base
	end_function

# void coop_throw(void): unwinds to the innermost coop_protect.
	.section	.text.coop_throw,"",@
	.globl	coop_throw
	.type	coop_throw,@function
coop_throw:
	.functype	coop_throw () -> ()
	i32.const	0
	throw	coop_unwind_tag
	end_function

# _Unwind_Reason_Code _Unwind_RaiseException(struct _Unwind_Exception *exception)
	.section	.text._Unwind_RaiseException,"",@
	.globl	_Unwind_RaiseException
	.type	_Unwind_RaiseException,@function
_Unwind_RaiseException:
	.functype	_Unwind_RaiseException (i32) -> (i32)
	local.get	0
	throw	__cpp_exception
	end_function

# coop_protected coop_protect(void (*function)(void *), void *arg)
	.section	.text.coop_protect,"",@
	.globl	coop_protect
	.type	coop_protect,@function
coop_protect:
	.functype	coop_protect (i32, i32) -> (i32)
	.local	i32
	global.get	__stack_pointer
	local.set	2
	block
	block	i32
	try_table	(catch coop_unwind_tag 0) (catch_all 1)
	local.get	1
	local.get	0
	call_indirect	__indirect_function_table, (i32) -> ()
	end_try_table
	i32.const	0
	return
	end_block
	drop
	local.get	2
	global.set	__stack_pointer
	i32.const	1
	return
	end_block
	local.get	2
	global.set	__stack_pointer
	i32.const	2
	end_function

# void *coop_call(void *(*function)(void *), void *arg): calls a program's function,
# whatever type it was really given. C programs pass functions declared without
# parameters or without a result to pthread_create and the like. Native calling
# conventions forgive that, a wasm indirect call traps. Any other type traps here too.
	.section	.text.coop_call,"",@
	.globl	coop_call
	.type	coop_call,@function
coop_call:
	.functype	coop_call (i32, i32) -> (i32)
	block
	local.get	0
	table.get	__indirect_function_table
	ref.test	(i32) -> (i32)
	br_if	0
	block
	local.get	0
	table.get	__indirect_function_table
	ref.test	() -> (i32)
	i32.eqz
	br_if	0
	local.get	0
	call_indirect	__indirect_function_table, () -> (i32)
	return
	end_block
	block
	local.get	0
	table.get	__indirect_function_table
	ref.test	(i32) -> ()
	i32.eqz
	br_if	0
	local.get	1
	local.get	0
	call_indirect	__indirect_function_table, (i32) -> ()
	i32.const	0
	return
	end_block
	block
	local.get	0
	table.get	__indirect_function_table
	ref.test	() -> ()
	i32.eqz
	br_if	0
	local.get	0
	call_indirect	__indirect_function_table, () -> ()
	i32.const	0
	return
	end_block
	end_block
	local.get	1
	local.get	0
	call_indirect	__indirect_function_table, (i32) -> (i32)
	end_function

# void coop_with_stack(void (*function)(const void *), const void *arg, void *stack_top)
	.section	.text.coop_with_stack,"",@
	.globl	coop_with_stack
	.type	coop_with_stack,@function
coop_with_stack:
	.functype	coop_with_stack (i32, i32, i32) -> ()
	i32.const	0
	global.set	coop_stack_limit
	local.get	2
	global.set	__stack_pointer
	local.get	1
	local.get	0
	call_indirect	__indirect_function_table, (i32) -> ()
	unreachable
	end_function

# void coop_stack_overflowed(void): what the added checks call.
	.section	.text.coop_stack_overflowed,"",@
	.globl	coop_stack_overflowed
	.type	coop_stack_overflowed,@function
coop_stack_overflowed:
	.functype	coop_stack_overflowed () -> ()
	i32.const	0
	global.set	coop_stack_limit
	call	coop_report_own_overflow
	unreachable
	end_function

# void coop_set_stack_limit(char *low)
	.section	.text.coop_set_stack_limit,"",@
	.globl	coop_set_stack_limit
	.type	coop_set_stack_limit,@function
coop_set_stack_limit:
	.functype	coop_set_stack_limit (i32) -> ()
	local.get	0
	global.set	coop_stack_limit
	end_function

# char *coop_stack_pointer(void)
	.section	.text.coop_stack_pointer,"",@
	.globl	coop_stack_pointer
	.type	coop_stack_pointer,@function
coop_stack_pointer:
	.functype	coop_stack_pointer () -> (i32)
	global.get	__stack_pointer
	end_function

# void *coop_get_tls(void)
	.section	.text.coop_get_tls,"",@
	.globl	coop_get_tls
	.type	coop_get_tls,@function
coop_get_tls:
	.functype	coop_get_tls () -> (i32)
	global.get	__tls_base
	end_function

# void coop_set_tls(void *base)
	.section	.text.coop_set_tls,"",@
	.globl	coop_set_tls
	.type	coop_set_tls,@function
coop_set_tls:
	.functype	coop_set_tls (i32) -> ()
	local.get	0
	global.set	__tls_base
	end_function
