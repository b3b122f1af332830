using Microsoft.VisualStudio.TestTools.UnitTesting;
using NeuralEdge.Conversion;
using NeuralEdge.Learning.Data;
using NeuralEdge.Studio.Recording;

namespace NeuralEdge.StudioTests.Recording;

[TestClass]
public sealed class RecordingSessionTests
{
    private readonly string _folder = Directory.CreateTempSubdirectory("neuraledge-session-").FullName;

    private string Path => System.IO.Path.Combine(_folder, "sessions", "pot.csv");

    [TestCleanup]
    public void Delete() => Directory.Delete(_folder, recursive: true);

    [TestMethod]
    public void EachRowIsInTheFileAtOnceAndTheFileIsWhatTrainReads()
    {
        using RecordingSession session = Filled();
        Assert.AreEqual("ms,adc0,adc3,label\n0,100.125,5,dry\n100,101,6,dry\n200,102,7,wet\n300,103,8,\"a, b\"\n", File.ReadAllText(Path));
        CollectionAssert.AreEqual(File.ReadAllBytes(Path), session.ToCsv());
        Table table = Table.Read(Path);
        CollectionAssert.AreEqual(new[] { "dry", "dry", "wet", "a, b" }, table.Texts("label"));
    }

    [TestMethod]
    public void ThereIsNoFileBeforeTheFirstRow()
    {
        using RecordingSession session = RecordingSession.Begin(Path, ["adc0"]);
        session.AddLabel("dry");
        Assert.IsFalse(File.Exists(Path));
    }

    [TestMethod]
    public void ASessionIsOpenedAgainAndGoesOn()
    {
        Filled().Dispose();
        using RecordingSession session = RecordingSession.Open(Path);
        Assert.AreEqual(300, session.LastMs);
        CollectionAssert.AreEqual(new[] { ("dry", 2), ("wet", 1), ("a, b", 1) }, session.Labels().ToArray());
        session.Add(400, [1, 2], "wet");
        StringAssert.EndsWith(File.ReadAllText(Path), "300,103,8,\"a, b\"\n400,1,2,wet\n");
        Assert.AreEqual(5, session.Count);
    }

    [TestMethod]
    public void StretchesAreRelabelledDeletedAndAllIsTakenBackInTheFileToo()
    {
        using RecordingSession session = Filled();
        byte[] first = File.ReadAllBytes(Path);
        session.Relabel(1, 3, "wet");
        CollectionAssert.AreEqual(new[] { new SessionStretch(0, 1, "dry"), new SessionStretch(1, 3, "wet"), new SessionStretch(3, 4, "a, b") }, session.Stretches().ToArray());
        session.Delete(0, 1);
        Assert.AreEqual("ms,adc0,adc3,label\n100,101,6,wet\n200,102,7,wet\n300,103,8,\"a, b\"\n", File.ReadAllText(Path));
        Assert.AreEqual(3, session.Shown.Count, "the curve is that of the rows");
        session.Undo();
        session.Undo();
        Assert.IsFalse(session.CanUndo);
        CollectionAssert.AreEqual(first, File.ReadAllBytes(Path));
    }

    [TestMethod]
    public void ASessionIsTrimmedToAStretchAndThatIsTakenBack()
    {
        using RecordingSession session = Filled();
        byte[] first = File.ReadAllBytes(Path);
        session.Trim(1, 3);
        Assert.AreEqual("ms,adc0,adc3,label\n100,101,6,dry\n200,102,7,wet\n", File.ReadAllText(Path));
        session.Undo();
        CollectionAssert.AreEqual(first, File.ReadAllBytes(Path));
    }

    [TestMethod]
    public void WhatWasRecordedAfterAChangeStaysWhenItIsTakenBack()
    {
        using RecordingSession session = Filled();
        session.Delete(0, 4);
        session.Add(900, [1, 2], "wet");
        session.Undo();
        Assert.AreEqual(5, session.Count);
        Assert.AreEqual(900, session.LastMs);
        session.Add(1000, [1, 2], "wet");
        Assert.AreEqual(6, Table.Read(Path).RowCount);
    }

    [TestMethod]
    public void ARowIsRelabelledOnlyWhenItIsStillTheOneThatWasSeen()
    {
        using RecordingSession session = Filled();
        Assert.IsFalse(session.Relabel(2, "dry", "wet"));
        Assert.IsFalse(session.Relabel(9, "dry", "wet"));
        Assert.IsFalse(session.CanUndo, "nothing was changed");
        Assert.IsTrue(session.Relabel(2, "wet", "dry"));
        Assert.AreEqual(new SessionStretch(0, 3, "dry"), session.Stretches()[0]);
    }

    [TestMethod]
    public void ATableOfAnotherProgramIsImportedAndAnyOtherIsRefused()
    {
        using RecordingSession session = RecordingSession.Import(Path, Table.Parse("t,x,label\n1,2.5,a\n2,3,b\n", "other.csv"));
        Assert.AreEqual("ms,t,x,label\n0,1,2.5,a\n100,2,3,b\n", File.ReadAllText(Path));
        Assert.Throws<InputRefusedException>(() => RecordingSession.Import(Path, Table.Parse("x,label\n1,a\n", "again.csv")));
        string next = System.IO.Path.Combine(_folder, "next.csv");
        Assert.Throws<InputRefusedException>(() => RecordingSession.Import(next, Table.Parse("x,y\n1,2\n", "none.csv")));
        Assert.IsFalse(File.Exists(next));
    }

    [TestMethod]
    [DataRow("")]
    [DataRow(" ")]
    [DataRow("nan")]
    [DataRow("a\u001bb")]
    public void ALabelThatATableCouldNotHoldIsRefused(string label)
    {
        using RecordingSession session = RecordingSession.Begin(Path, ["adc0"]);
        Assert.Throws<InputRefusedException>(() => session.AddLabel(label));
    }

    [TestMethod]
    public void AChangeThatCannotBeWrittenIsNotMade()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Inconclusive("a file in place of the folder is not refused there");
        }

        using RecordingSession session = Filled();
        session.Dispose();
        string folder = System.IO.Path.GetDirectoryName(Path)!;
        Directory.Delete(folder, recursive: true);
        File.WriteAllText(folder, "no folder");
        Exception failure = Assert.Throws<Exception>(() => session.Delete(0, 2));
        Assert.IsTrue(failure is InputRefusedException or IOException, failure.GetType().Name);
        Assert.AreEqual(4, session.Count);
        Assert.IsFalse(session.CanUndo);
        File.Delete(folder);
        Directory.CreateDirectory(folder);
    }

    [TestMethod]
    public void ANameOfASessionIsAFileOfItsFolderAndNothingElse()
    {
        SessionFolder folder = new(new Studio.StudioOptions { Folder = _folder, ApplicationName = "none" });
        Assert.AreEqual(System.IO.Path.Combine(_folder, "my pot (2).csv"), folder.PathOf(" my pot (2) "));
        foreach (string name in new[] { "", ".", "../x", "a/b", "a\\b", ".hidden", "a.", "a:b", new string('x', 81) })
        {
            Assert.Throws<InputRefusedException>(() => folder.PathOf(name), name);
        }

        StringAssert.StartsWith(folder.NewName(), "session ");
    }

    private RecordingSession Filled()
    {
        RecordingSession session = RecordingSession.Begin(Path, ["adc0", "adc3"]);
        session.Add(0, [100.125, 5], "dry");
        session.Add(100, [101, 6], "dry");
        session.Add(200, [102, 7], "wet");
        session.Add(300, [103, 8], "a, b");
        return session;
    }
}
