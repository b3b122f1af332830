using NeuralEdge.Learning.Data;
using NeuralEdge.Learning.Series;

namespace NeuralEdge.Tests.Series;

[TestClass]
public sealed class WideTableTests
{
    private static readonly WindowOptions Row = new(0) { IsRow = true, Rate = 100, Features = ["min", "max", "first", "last"] };

    [TestMethod]
    [DataRow("x0,x1,x2,x3,x4,x5,x6,x7,y0,y1,y2,y3,y4,y5,y6,y7")]
    [DataRow("x_1,x_2,x_3,x_4,x_5,x_6,x_7,x_8,y_1,y_2,y_3,y_4,y_5,y_6,y_7,y_8")]
    [DataRow("x0,y0,x1,y1,x2,y2,x3,y3,x4,y4,x5,y5,x6,y6,x7,y7")]
    public void ARowIsARecordingWhoseSamplesAreItsColumns(string columns)
    {
        string[] names = columns.Split(',');
        string Values(int from) => string.Join(',', names.Select(name => from + (10 * (name[0] == 'y' ? 100 : 0)) + ((name[^1] - '0') * 3 % 8)));
        Table table = Table.Parse($"id,{columns},label\n1,{Values(10)},a\n2,{Values(500)},b\n3,{Values(30)},a\n", "wide.csv");
        DataSet windows = Logs.Windows(table, Row).Data;
        Assert.AreEqual(3, windows.Count, "a window of each row, and none across two");
        Assert.HasCount(8, windows.InputNames, string.Join(' ', windows.Notes));
        (double begin, double end) = names[0].EndsWith('0') ? (0, 5) : (3, 0);
        double[] first = windows.Inputs[0];
        Assert.AreEqual(10 + begin, first[Array.IndexOf(windows.InputNames, "x first")]);
        Assert.AreEqual(10 + end, first[Array.IndexOf(windows.InputNames, "x last")]);
        Assert.AreEqual(1010, first[Array.IndexOf(windows.InputNames, "y min")]);
        CollectionAssert.AreEqual(new[] { 2, 3, 4 }, windows.Lines);
        StringAssert.Contains(string.Join(' ', windows.Notes), "recording of 8 samples of x, y; \"id\" is no sample");
    }

    [TestMethod]
    public void AColumnThatIsMissingAmongSamplesIsRefusedAndNotAChannelLess()
    {
        Refusals.Expect("wide.csv|\"x0\" to \"x5\"|none numbered 3", () => Logs.Windows(Table.Parse("x0,x1,x2,x4,x5,y0,y1,y2,y3,y4,label\n1,2,3,4,5,6,7,8,9,10,a\n2,3,4,5,6,7,8,9,10,11,b\n", "wide.csv"), Row));
        Assert.HasCount(4, Logs.Windows(Table.Parse("x1,x5,x9,x13,y0,y1,y2,y3,label\n1,2,3,4,6,7,8,9,a\n2,3,4,5,7,8,9,10,b\n", "wide.csv"), Row).Data.InputNames, "numbers far apart are something else");
    }

    [TestMethod]
    public void ARowThatLacksASampleIsLeftOut()
    {
        Table table = Table.Parse("x0,x1,x2,x3,x4,label\n1,2,3,4,5,a\n1,2,,4,5,a\n2,3,4,5,6,b\n", "wide.csv");
        WindowedData windows = Logs.Windows(table, Row with { Features = ["mean"] });
        CollectionAssert.AreEqual(new[] { 2, 2, 4, 4 }, windows.Data.Lines, "two windows of four samples in each row of five");
        StringAssert.Contains(string.Join(' ', windows.Data.Notes), "1 in which a sample is missing left out");
        Refusals.Expect("wide.csv|in every row a sample is missing", () => Logs.Windows(Table.Parse("x0,x1,x2,x3,x4,label\n1,2,,4,5,a\n1,,3,4,5,a\n2,3,4,5,,b\n", "wide.csv"), Row with { Features = ["mean"] }));
    }

    [TestMethod]
    public void WhatIsNoSuchTableIsRefused()
    {
        Refusals.Expect("--window row needs --rate", () => Logs.Windows(Table.Parse("x0,x1,x2,x3,label\n1,2,3,4,a\n4,3,2,1,b\n", "w.csv"), Row with { Rate = null }));
        Refusals.Expect("w.csv has no columns of samples", () => Logs.Windows(Table.Parse("x,y,label\n1,2,a\n4,3,b\n", "w.csv"), Row));
        Refusals.Expect("4 samples of \"x\"|5 of \"y\"", () => Logs.Windows(Table.Parse("x0,x1,x2,x3,y0,y1,y2,y3,y4,label\n1,2,3,4,1,2,3,4,5,a\n4,3,2,1,1,2,3,4,5,b\n", "w.csv"), Row));
    }
}
