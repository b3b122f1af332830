using System.IO.Compression;
using System.Text;
using Microsoft.VisualStudio.TestTools.UnitTesting;
using NeuralEdge.Learning.Data;
using NeuralEdge.Tests.Cli;

namespace NeuralEdge.Tests.Data;

/// <summary>Tables as people have them: each is read right and said to be so, or refused with the sentence that helps.</summary>
[TestClass]
public sealed class PeoplesTableTests
{
    private static readonly string[] Sensors = ["soil", "light", "temp"];

    [TestMethod]
    public void ACleanLogIsReadWithoutAWordAboutIt()
    {
        DataSet data = Read(Soil.Csv());
        Assert.AreEqual(120, data.Count);
        Assert.IsEmpty(data.Findings.Where(f => f.Kind != DataFindingKind.Threshold));
    }

    [TestMethod]
    [DataRow("", "column 1", "no name")]
    [DataRow("Unnamed: 0", "Unnamed: 0", "pandas")]
    [DataRow("n", "n", "same step")]
    public void ARowNumberIsLeftOutNamedAndInByRequest(string header, string column, string said)
    {
        Table table = Table.Parse(Soil.Csv((r, cells) => [$"{r}", .. cells], header + ",soil,light,temp,label"), "t.csv");
        DataSet data = DataSet.From(table, ["label"]);
        CollectionAssert.AreEqual(Sensors, data.InputNames);
        DataFinding left = One(data, DataFindingKind.LeftOutColumn);
        Assert.AreEqual(column, left.Column);
        StringAssert.Contains(left.Sentence, said);
        StringAssert.Contains(left.Sentence, "--inputs");
        CollectionAssert.AreEqual(new[] { column, "soil" }, DataSet.From(table, ["label"], inputs: [column, "soil"]).InputNames);
    }

    [TestMethod]
    public void AColumnThatIsTheSameInEveryRowIsLeftOutNamedAndInByRequest()
    {
        Table table = Table.Parse(Soil.Csv((r, cells) => [r % 9 == 4 ? "" : "21.5", .. cells], "room,soil,light,temp,label"), "t.csv");
        DataSet data = DataSet.From(table, ["label"]);
        CollectionAssert.AreEqual(Sensors, data.InputNames);
        Assert.AreEqual(120, data.Count, "what it lacks costs no row");
        StringAssert.StartsWith(One(data, DataFindingKind.LeftOutColumn).Sentence, "Column \"room\" is the same in every row and is not used as an input; to use it: --inputs room,");
        CollectionAssert.AreEqual(new[] { "room", "soil" }, DataSet.From(table, ["label"], inputs: ["room", "soil"]).InputNames);
        CollectionAssert.Contains(DataSet.From(table, ["label"], wired: ["room"]).InputNames, "room", "a board file asks for it");
        Refusals.Expect("No input column ever changes", () => DataSet.From(Table.Parse("a,b\n1,x\n1,y\n1,x\n", "t.csv"), ["b"]));
    }

    [TestMethod]
    [DataRow("note", DisplayName = "in a column that is no input")]
    [DataRow("soil", DisplayName = "in an input")]
    public void ASummaryBelowATableIsNoRow(string column)
    {
        string below = column == "note" ? "mean,2000,2000,20,dry\ntotal,240000,240000,2400,wet\n" : "a,Mean:,2000,20,dry\n";
        DataSet data = DataSet.From(Table.Parse(Soil.Csv((r, cells) => [$"n{r % 5}", .. cells], "note,soil,light,temp,label") + below, "t.csv"), ["label"], ignore: ["note"]);
        Assert.AreEqual(120, data.Count);
        DataFinding[] skipped = [.. data.Findings.Where(f => f.Kind == DataFindingKind.SkippedLine)];
        Assert.HasCount(below.Count(c => c == '\n'), skipped);
        StringAssert.StartsWith(skipped[0].Sentence, "t.csv line 122 has \"");

        // A class may be called so, and a word that stands further up means something else.
        Assert.AreEqual(4, DataSet.From(Table.Parse("x,y\n1,min\n4,min\n2,max\n3,max\n", "t.csv"), ["y"]).Count);
        Assert.AreEqual(4, DataSet.From(Table.Parse("n,x,y\nmax,1,a\nb,4,b\nc,2,a\nmax,3,b\n", "t.csv"), ["y"], inputs: ["x"]).Count);
    }

    [TestMethod]
    [DataRow("millis", "only rises")]
    [DataRow("restarting", "starts again")]
    [DataRow("shuffled", "every whole number once")]
    [DataRow("iso", "time stamp")]
    [DataRow("german", "time stamp")]
    [DataRow("clock", "time stamp")]
    [DataRow("id", "id")]
    [DataRow("word", "holds text")]
    public void WhatCountsOrNamesRowsIsLeftOut(string kind, string said)
    {
        string Cell(int r) => kind switch
        {
            "millis" => $"{(r * 1000) + (r % 7)}",
            "restarting" => $"{(r % 40 * 500) + (r % 3)}",
            "shuffled" => $"{r * 37 % 120}",
            "iso" => $"2026-03-{1 + (r / 24):00}T{r % 24:00}:30:00Z",
            "german" => $"{1 + (r / 24)}.03.2026 {r % 24:00}:30",
            "clock" => $"{r / 60:00}:{r % 60:00}:07",
            "id" => $"node-{r:x4}-q",
            _ => r % 2 == 0 ? "kitchen" : "cellar",
        };
        DataSet data = Read(Soil.Csv((r, cells) => [.. cells[..1], Cell(r), .. cells[1..]], "soil,extra,light,temp,label"));
        CollectionAssert.AreEqual(Sensors, data.InputNames);
        StringAssert.Contains(One(data, DataFindingKind.LeftOutColumn).Sentence, said);
    }

    [TestMethod]
    public void TheOnlyColumnIsNotLeftOutWithoutASentenceThatBringsItBack()
    {
        Table table = Table.Parse("adc,temp\n" + string.Concat(Enumerable.Range(0, 40).Select(r => $"{r * 100},{20 + (r * r % 7)}\n")), "curve.csv");
        Refusals.Expect("curve.csv|\"adc\"|--inputs adc", () => DataSet.From(table, ["temp"]));
        Assert.AreEqual(40, DataSet.From(table, ["temp"], inputs: ["adc"]).Count);
    }

    [TestMethod]
    public void ColumnsCanBeIgnored()
    {
        Table table = Table.Parse(Soil.Csv(), "t.csv");
        CollectionAssert.AreEqual(new[] { "soil", "temp" }, DataSet.From(table, ["label"], ignore: ["light"]).InputNames);
        Refusals.Expect("no column \"lux\"", () => DataSet.From(table, ["label"], ignore: ["lux"]));
        Refusals.Expect("ignored|the target", () => DataSet.From(table, ["label"], ignore: ["label"]));
        Refusals.Expect("ignored|an input", () => DataSet.From(table, ["label"], inputs: ["soil"], ignore: ["soil"]));
    }

    [TestMethod]
    [DataRow("# ESP32 log v1\n# node 7\n", "lines 1, 2")]
    [DataRow("\n# ESP32 log v1\n", "line 2")]
    [DataRow("# one, two, three, four\n", "line 1")]
    public void CommentsAboveTheNamesAreSkippedAndSaid(string above, string said)
    {
        Table table = Table.Parse(above + Soil.Csv(), "t.csv");
        CollectionAssert.AreEqual(new[] { "soil", "light", "temp", "label" }, table.Columns.ToArray());
        Assert.AreEqual(above.Count(c => c == '\n') + 2, table.LineOf(0));
        StringAssert.Contains(One(DataSet.From(table, ["label"]), DataFindingKind.SkippedLine).Sentence, said);
    }

    [TestMethod]
    [DataRow("# soil,light,temp,label")]
    [DataRow("#soil,light,temp,label")]
    public void NamesBehindAHashAsNumpyWritesThemAreNames(string header)
    {
        DataSet data = Read(Soil.Csv(header: header));
        CollectionAssert.AreEqual(Sensors, data.InputNames);
        Assert.IsEmpty(data.Findings.Where(f => f.Kind == DataFindingKind.SkippedLine));
    }

    [TestMethod]
    public void NamesThatComeAgainAreNoRow()
    {
        string[] lines = Soil.Csv().Split('\n');
        DataSet data = Read(string.Join('\n', [.. lines[..50], lines[0], .. lines[50..80], lines[0], "# restarted", .. lines[80..]]));
        Assert.AreEqual(120, data.Count);
        Assert.AreEqual(84, data.Lines[79]);
        DataFinding[] skipped = [.. data.Findings.Where(f => f.Kind == DataFindingKind.SkippedLine)];
        Assert.IsTrue(skipped.Any(f => f.Sentence.Contains("lines 51, 82 repeat", StringComparison.Ordinal)), string.Join('\n', data.Notes));
        Assert.IsTrue(skipped.Any(f => f.Sentence.Contains("line 83 begins with #", StringComparison.Ordinal)), string.Join('\n', data.Notes));
    }

    [TestMethod]
    public void BootLinesAboveTheNamesAreRefusedWithTheLineOfTheNames()
    {
        const string Boot = "ets Jun  8 2016 00:22:57\nrst:0x1 (POWERON_RESET),boot:0x13 (SPI_FAST_FLASH_BOOT)\nload:0x3fff0030,len:1344\n";
        Refusals.Expect("lines 1 to 3|line 4|soil, light, temp, label|remove", () => Table.Parse(Boot + Soil.Csv(), "t.csv"));
        Refusals.Expect("line 1 is|line 2|remove", () => Table.Parse("Pot 7\n" + Soil.Csv(), "t.csv"));
    }

    [TestMethod]
    public void NamesOneShortOfTheValuesAreRefusedWithWhereFromThatComes() =>
        Refusals.Expect("line 1 names 4 columns|5 values|R writes", () => Table.Parse(Soil.Csv((r, cells) => [$"{r + 1}", .. cells]), "t.csv"));

    [TestMethod]
    [DataRow(" ")]
    [DataRow("   ")]
    public void ColumnsSeparatedByBlanksAreRead(string separator)
    {
        DataSet data = Read(Soil.Csv(header: $"soil{separator}light{separator}temp{separator}label", separator: separator));
        CollectionAssert.AreEqual(Sensors, data.InputNames);
        StringAssert.Contains(One(data, DataFindingKind.Format).Sentence, "blanks");
    }

    [TestMethod]
    public void ABlankTooManyIsRefusedWithItsLine() =>
        Refusals.Expect("blanks|line 42|5 values instead of 4", () => Table.Parse(
            Soil.Csv((r, cells) => r == 40 ? [.. cells, "again"] : cells, "soil light temp label", " "), "t.txt"));

    [TestMethod]
    public void TrainingDataOfFannIsRefusedByName() =>
        Refusals.Expect("FANN|line of names", () => Table.Parse("4 2 1\n-1 -1\n-1\n-1 1\n1\n1 -1\n1\n1 1\n-1\n", "xor.data"));

    [TestMethod]
    [DataRow(new byte[] { (byte)'P', (byte)'K', 3, 4, 20, 0 }, "workbook (.xlsx|CSV")]
    [DataRow(new byte[] { 0xD0, 0xCF, 0x11, 0xE0, 0xA1 }, "older Excel|CSV")]
    [DataRow(new byte[] { (byte)'P', (byte)'A', (byte)'R', (byte)'1', 0 }, "Parquet|CSV")]
    [DataRow(new byte[] { 0x1F, 0x8B, 8, 0, 1, 2 }, "gzip|pack it again")]
    public void FilesOfOtherProgramsAreRefusedByName(byte[] content, string parts)
    {
        using Scratch scratch = new();
        Refusals.Expect(parts, () => Table.Read(scratch.Write("data.csv", content)));
    }

    [TestMethod]
    public void GzipIsUnpackedWithinTheLimit()
    {
        using Scratch scratch = new();
        Assert.AreEqual(120, DataSet.From(Table.Read(scratch.Write("t.csv.gz", Packed(Encoding.UTF8.GetBytes(Soil.Csv())))), ["label"]).Count);
        byte[] packed = Packed(Encoding.UTF8.GetBytes(Soil.Csv()));
        for (int length = 2; length < packed.Length; length += 13)
        {
            Refusals.Expect("pack it again", () => Table.Read(scratch.Write("cut.gz", packed[..length])));
        }

        Refusals.Expect("when unpacked|64 MB", () => Table.Read(scratch.Write("bomb.gz", Packed(new byte[Table.MaximumBytes + 1]))));
    }

    [TestMethod]
    [DataRow("0x{0:x}", NumberKind.Hexadecimal, "")]
    [DataRow("{0} C", NumberKind.Unit, "C")]
    [DataRow("{0}%", NumberKind.Unit, "%")]
    [DataRow("{0} µmol/m²", NumberKind.Unit, "µmol/m²")]
    public void NumbersInAnotherSpellingAreReadWhenAllAreAlike(string format, NumberKind kind, string unit)
    {
        string[][] rows = Soil.Rows(120);
        DataSet data = Read(Soil.Csv((r, cells) => [string.Format(null, format, int.Parse(cells[0], null)), .. cells[1..]]));
        Assert.AreEqual(double.Parse(rows[5][0], null), data.Inputs[5][0]);
        Assert.AreEqual(unit, data.InputUnits[0]);
        StringAssert.Contains(One(data, DataFindingKind.Spelling).Sentence, kind == NumberKind.Unit ? unit : "hexadecimal");

        string mixed = Soil.Csv((r, cells) => r is 3 or 50 or 51 or 99 ? cells : [string.Format(null, format, int.Parse(cells[0], null)), .. cells[1..]]);
        Refusals.Expect("line 5|\"soil\"|line 52|line 53|1 more|--ignore soil", () => Read(mixed));
    }

    [TestMethod]
    public void QuotedDecimalCommasAreReadUnlessTheyMayBeThousands()
    {
        DataSet data = Read(Soil.Csv((_, cells) => [.. cells[..2], $"\"{cells[2].Replace('.', ',')}\"", cells[3]]));
        Assert.AreEqual(double.Parse(Soil.Rows(9)[8][2], System.Globalization.CultureInfo.InvariantCulture), data.Inputs[8][2]);
        StringAssert.Contains(One(data, DataFindingKind.Spelling).Sentence, "decimal comma");
        Refusals.Expect("line 2, column \"soil\"|comma", () => Read(Soil.Csv((_, cells) => [$"\"{cells[0][0]},{cells[0][1..]}\"", .. cells[1..]])));
    }

    /// <summary>Light shows that commas are decimal ones in this table, so a point may stand between thousands.</summary>
    [TestMethod]
    [DataRow("901;2,1;nass\n1.020;3,1;trocken\n", "line 3, column \"Boden\"|\"1.020\" may be 1020|\"2,1\" in \"Licht\", line 2|or 1,020")]
    [DataRow("901;2.1;nass\n1,020;3.1;trocken\n", "line 3, column \"Boden\"|\"1,020\" may be 1020|\"2.1\" in \"Licht\", line 2|or 1.020")]
    [DataRow("901 lx;2,1;nass\n1.020 lx;3,1;trocken\n", "line 3, column \"Boden\"|\"1.020 lx\" may be 1020 lx")]
    public void ASeparatorOfThousandsIsNeverReadAsADecimalPoint(string rows, string parts) =>
        Refusals.Expect(parts, () => DataSet.From(Table.Parse("Boden;Licht;label\n" + rows, "t.csv"), ["label"]));

    [TestMethod]
    [DataRow("901;2.1;nass\n1.020;3.1;trocken\n", 1.02, "points are decimal everywhere")]
    [DataRow("0.901;2,1;nass\n1.020;3,1;trocken\n", 1.02, "0.901 groups no thousands")]
    [DataRow("901,5;2,1;nass\n1020,25;3,1;trocken\n", 1020.25, "commas are decimal everywhere")]
    [DataRow("901,250;2,1;nass\n1,020;3,1;trocken\n", 1.02, "commas are decimal everywhere")]
    public void ThreePlacesBehindAPointAreDecimalsWhereNothingSaysOtherwise(string rows, double second, string why) =>
        Assert.AreEqual(second, DataSet.From(Table.Parse("Boden;Licht;label\n" + rows, "t.csv"), ["label"]).Inputs[1][0], why);

    [TestMethod]
    public void ABareSentinelInAColumnWithAUnitIsNoReading()
    {
        DataSet data = Read(Soil.Csv((r, cells) => [.. cells[..2], r is 7 or 30 ? "-999" : r == 50 ? "nan" : cells[2] + " C", cells[3]]));
        Assert.AreEqual("C", data.InputUnits[2]);
        Assert.AreEqual(117, data.Count);
        StringAssert.StartsWith(One(data, DataFindingKind.Sentinel).Sentence, "-999 in 2 rows of \"temp\", first in line 9");
        Refusals.Expect("line 9|\"temp\"|\"20\"", () => Read(Soil.Csv((r, cells) => [.. cells[..2], r == 7 ? "20" : cells[2] + " C", cells[3]])));
    }

    [TestMethod]
    public void TextInAFewCellsIsRefusedWithTheFirstThreePlaces() =>
        Refusals.Expect(
            "t.csv line 12, column \"light\": \"error\"|\"E7\" in line 22|\"?!\" in line 32|2 more|--ignore light",
            () => Read(Soil.Csv((r, cells) => [cells[0], r switch { 10 => "error", 20 => "E7", 30 => "?!", 40 or 50 => "x", _ => cells[1] }, .. cells[2..]])));

    [TestMethod]
    public void LabelsThatDifferInCaseOrBlanksAreOneClassByTheCommonerSpelling()
    {
        DataSet data = Read(Soil.Csv((r, cells) => [.. cells[..3], r % 5 == 0 ? cells[3].ToUpperInvariant() : r % 7 == 0 ? $"\" {cells[3]} \"" : cells[3]]));
        CollectionAssert.AreEqual(new[] { "dry", "wet" }, data.ClassNames);
        string[] said = [.. data.Findings.Where(f => f.Kind == DataFindingKind.MergedLabels).Select(f => f.Sentence)];
        StringAssert.Contains(said[0], "\"dry\", \"DRY\"");
        StringAssert.Contains(said[1], "\"wet\", \"WET\"");
        CollectionAssert.AreEqual(new[] { 0 }, DataSet.Like(data, Table.Parse("soil,light,temp,label\n1,2,3,Dry\n", "u.csv")).Classes);
    }

    [TestMethod]
    [DataRow("state, now", new[] { "state, now" })]
    [DataRow("\"state, now\"", new[] { "state, now" })]
    [DataRow("\"state, now\", soil", new[] { "state, now", "soil" })]
    [DataRow("soil , light", new[] { "soil", "light" })]
    public void NamesWithCommasCanBeGiven(string text, string[] names)
    {
        Table table = Table.Parse("soil,light,\"state, now\"\n1,2,3\n", "t.csv");
        CollectionAssert.AreEqual(names, ColumnList.Parse(text, table));
        CollectionAssert.AreEqual(names, ColumnList.Parse(ColumnList.Write(names).Trim('\''), table));
        Refusals.Expect("no list of columns", () => ColumnList.Parse("\"state", table));
        Refusals.Expect("no list of columns", () => ColumnList.Parse("soil,,light", table));
    }

    [TestMethod]
    public void AColumnThatHoldsTheAnswerIsNamedAndStays()
    {
        DataSet data = Read(Soil.Csv((_, cells) => [.. cells[..3], cells[3] == "dry" ? "1" : "0", cells[3]], "soil,light,temp,pump,label"));
        DataFinding leak = One(data, DataFindingKind.Leak);
        Assert.AreEqual("pump", leak.Column);
        StringAssert.Contains(leak.Sentence, "--ignore pump");
        CollectionAssert.Contains(data.InputNames, "pump");

        DataSet regression = DataSet.From(Table.Parse(Soil.Csv((_, cells) => [.. cells[..3], $"{(2 * int.Parse(cells[0], null)) + 3}"], "soil,light,temp,y"), "t.csv"), ["y"]);
        Assert.AreEqual("soil", One(regression, DataFindingKind.Leak).Column);
    }

    [TestMethod]
    public void AConstantIsNoLeakOfARareClass()
    {
        DataSet data = DataSet.From(Table.Parse("a,b,label\n" + string.Concat(Enumerable.Range(0, 1000).Select(r => $"1,{r * 7919 % 1009 / 3},{(r % 500 == 3 ? "fault" : "ok")}\n")), "t.csv"), ["label"]);
        Assert.IsEmpty(data.Findings.Where(f => f.Kind is DataFindingKind.Leak or DataFindingKind.Threshold));
    }

    [TestMethod]
    [DataRow(2, TaskKind.Classify, "--task regress")]
    [DataRow(5, TaskKind.Classify, "--task regress")]
    [DataRow(30, TaskKind.Regress, "--task classify")]
    public void WhatIsLearnedOfWholeNumbersIsSaidWithTheOptionThatChangesIt(int values, TaskKind task, string option)
    {
        string text = Soil.Csv((r, cells) => [.. cells[..3], $"{r * 7 % values}.0"]);
        DataSet data = Read(text);
        Assert.AreEqual(task, data.Task);
        StringAssert.Contains(One(data, DataFindingKind.Task).Sentence, option);
        if (task == TaskKind.Classify)
        {
            CollectionAssert.AreEqual(Enumerable.Range(0, values).Select(v => $"{v}").ToArray(), data.ClassNames);
        }

        Assert.IsEmpty(DataSet.From(Table.Parse(text, "t.csv"), ["label"], TaskKind.Regress).Findings.Where(f => f.Kind == DataFindingKind.Task));
    }

    private static DataSet Read(string text) => DataSet.From(Table.Parse(text, "t.csv"), ["label"]);

    private static DataFinding One(DataSet data, DataFindingKind kind)
    {
        DataFinding[] found = [.. data.Findings.Where(f => f.Kind == kind)];
        Assert.HasCount(1, found, string.Join('\n', data.Notes));
        return found[0];
    }

    private static byte[] Packed(byte[] bytes)
    {
        using MemoryStream packed = new();
        using (GZipStream stream = new(packed, CompressionLevel.Fastest))
        {
            stream.Write(bytes);
        }

        return packed.ToArray();
    }

    /// <summary>Spellings of numbers, as the test names them.</summary>
    public enum NumberKind
    {
        /// <summary>0xb1c.</summary>
        Hexadecimal,

        /// <summary>20 C.</summary>
        Unit,
    }

    [TestMethod]
    [DataRow("ms,adc0,adc3,label", null, DisplayName = "as record writes it")]
    [DataRow("t,soil,adc3,label", "soil", DisplayName = "as a board file names it")]
    public void ASensorThatOnlyDriesIsNoClock(string header, string? wired)
    {
        Table table = Table.Parse(header + "\n" + string.Join('\n', Enumerable.Range(0, 60).Select(r => $"{100 * r},{3000 - (7 * r) - (r % 3)},{1000 + (r * 37 % 91)},{(r < 30 ? "wet" : "dry")}")), "log.csv");
        DataSet data = DataSet.From(table, ["label"], wired: wired is null ? null : [wired]);
        CollectionAssert.AreEqual(new[] { header.Split(',')[1], "adc3" }, data.InputNames);
    }
}
