using Microsoft.VisualStudio.TestTools.UnitTesting;
using NeuralEdge.Learning.Data;
using NeuralEdge.Tests.Cli;

namespace NeuralEdge.Tests.Data;

/// <summary>Several files as one table.</summary>
[TestClass]
public sealed class TableFilesTests
{
    [TestMethod]
    public void TheNameOfAFileIsItsLabel()
    {
        using Scratch scratch = new();
        string[] files = [scratch.Write("apple.csv", "r,g\n1,2\n3,4\n"), scratch.Write("banana.csv", "g,r\n6,5\n")];
        DataSet data = DataSet.From(TableFiles.Read(files, LabelSource.File), ["label"]);
        CollectionAssert.AreEqual(new[] { "apple", "banana" }, data.ClassNames);
        CollectionAssert.AreEqual(new[] { 0, 0, 1 }, data.Classes);
        CollectionAssert.AreEqual(new[] { 5.0, 6 }, data.Inputs[2]);
        CollectionAssert.AreEqual(new[] { 2, 3, 2 }, data.Lines);
        Assert.AreEqual(files[1], data.Files[2]);
    }

    [TestMethod]
    public void TheFolderOfAFileCanBeItsLabel()
    {
        using Scratch scratch = new();
        foreach (string name in new[] { "dry/monday.csv", "dry/tuesday.csv", "wet/monday.txt" })
        {
            Directory.CreateDirectory(Path.GetDirectoryName(scratch.PathOf(name))!);
            scratch.Write(name, "a\n1\n2\n");
        }

        scratch.Write("wet/readme.md", "no table");
        DataSet data = DataSet.From(TableFiles.Read([scratch.Folder], LabelSource.Folder, "soil"), ["soil"]);
        CollectionAssert.AreEqual(new[] { "dry", "wet" }, data.ClassNames);
        CollectionAssert.AreEqual(new[] { 0, 0, 0, 0, 1, 1 }, data.Classes);
        Refusals.Expect("b.csv|no table in it", () => TableFiles.Read([Directory.CreateDirectory(scratch.PathOf("b.csv")).FullName]));
    }

    [TestMethod]
    public void FilesOfSeveralDaysAreOneTableWithPlacesInEach()
    {
        using Scratch scratch = new();
        string monday = scratch.Write("monday.csv", "a,label\n1,x\n2,y\n");
        Table table = TableFiles.Read([monday, scratch.Write("tuesday.csv", "a,label\n3,x\noops,y\n")]);
        Assert.AreEqual(4, table.RowCount);
        Refusals.Expect("tuesday.csv line 3, column \"a\": \"oops\"", () => DataSet.From(table, ["label"]));
        Refusals.Expect("given twice", () => TableFiles.Read([monday, Path.Combine(scratch.Folder, ".", "monday.csv")]));
        Refusals.Expect("No file", () => TableFiles.Read([]));
    }

    [TestMethod]
    [DataRow("a,c\n1,2\n", "b.csv has no \"b\" and has \"c\", unlike")]
    [DataRow("a\n1\n", "b.csv has no \"b\", unlike")]
    [DataRow("a,b,c\n1,2,3\n", "b.csv has \"c\", unlike")]
    [DataRow("a;b\n1;2\n", "separates its columns otherwise")]
    public void OtherColumnsAreRefused(string second, string parts)
    {
        using Scratch scratch = new();
        Refusals.Expect(parts, () => TableFiles.Read([scratch.Write("a.csv", "a,b\n1,2\n"), scratch.Write("b.csv", second)]));
    }

    [TestMethod]
    public void ALabelThatIsThereAlreadyIsNotOverwritten()
    {
        using Scratch scratch = new();
        string file = scratch.Write("a.csv", "a,label\n1,2\n");
        Refusals.Expect("has a column \"label\" already|--target", () => TableFiles.Read([file], LabelSource.File));
        CollectionAssert.AreEqual(new[] { "a", "label", "kind" }, TableFiles.Read([file], LabelSource.File, "kind").Columns.ToArray());
    }
}
