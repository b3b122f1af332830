using Microsoft.VisualStudio.TestTools.UnitTesting;

// Classes beside each other: a class may count on running its own tests one after another. Four at a time, on two cores too,
// because many tests wait for boards and other programs.
[assembly: Parallelize(Workers = 4, Scope = ExecutionScope.ClassLevel)]
