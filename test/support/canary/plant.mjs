/* Plants two strings in the memory of a process, one of each width, so that a search of it can be seen to find them. */
globalThis.planted = [process.env.PLANTED_NARROW, process.env.PLANTED_WIDE];
