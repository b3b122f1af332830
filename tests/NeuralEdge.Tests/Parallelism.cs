using Microsoft.VisualStudio.TestTools.UnitTesting;

// Two classes at a time: a class may count on running its own tests one after another.
[assembly: Parallelize(Workers = 2, Scope = ExecutionScope.ClassLevel)]
