using Microsoft.VisualStudio.TestTools.UnitTesting;

// Boards, browsers and trainings of one person's computer: one after the other.
[assembly: DoNotParallelize]
