using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.VisualStudio.TestTools.UnitTesting;
using NeuralEdge.Conversion;
using NeuralEdge.Learning;
using NeuralEdge.Learning.Data;
using NeuralEdge.Learning.Training;

namespace NeuralEdge.StudioTests.Shell;

/// <summary>A page has no options: what the library says to somebody at a command line is said otherwise there.</summary>
[TestClass]
public sealed partial class PlainTextTests
{
    [TestMethod]
    [DataRow("Column \"a\" is empty.", "Column \"a\" is empty.")]
    [DataRow("Correct them, or learn classes with --task classify.", "Correct them.")]
    [DataRow("Each is taken once (--repeats keep takes all), and 3 rows are left.", "Each is taken once, and 3 rows are left.")]
    [DataRow("Record longer, or give a shorter --window; 2 stretches end where it goes back: if rows are even, --rate 50 says so.", "Record longer; 2 stretches end where it goes back.")]
    [DataRow("--missing median would make values up. Leave it out.", "Leave it out.")]
    [DataRow("Give --port.", PlainText.Nothing)]
    [DataRow("a--b and -- are no options.", "a--b and -- are no options.")]
    public void WhatNamesAnOptionIsLeftOut(string text, string plain) => Assert.AreEqual(plain, PlainText.WithoutOptions(text));

    [TestMethod]
    public void ARefusalIsSaidWithThePagesControlsWhereItHasSome()
    {
        InputRefusedException refused = Assert.Throws<InputRefusedException>(() => DataSet.From(
            Table.Parse("a,label\n" + string.Concat(Enumerable.Range(0, 1000).Select(r => $"{r * 7 % 31},{r}\n")), "many.csv"), ["label"], TaskKind.Classify));
        StringAssert.EndsWith(refused.Message, "or --task regress for numbers.");
        StringAssert.EndsWith(refused.Plain, "or predict a number.");
    }

    /// <summary>Tables of all that is found in tables: each sentence with an option has one without it.</summary>
    [TestMethod]
    public void NoFindingNoRemarkAndNoScoreNamesAnOption()
    {
        Hyperparameters quick = new() { Hidden = [4], MaximumEpochs = 20, Starts = 1 };
        List<(string Terminal, string Page)> said = [];
        foreach ((string text, TaskKind? task, bool? balance) in new (string, TaskKind?, bool?)[]
        {
            (Odd("label"), null, null), (Odd("label"), null, true), (Twice(), null, null), (Numbers(), null, null), (Numbers(), TaskKind.Regress, null),
        })
        {
            TrainResult result = Pipeline.Train(new TrainOptions(Table.Parse(text, "odd.csv"), "label") { Task = task, Balance = balance, Hyperparameters = quick });
            said.AddRange(result.Findings.Select(finding => (finding.Sentence, finding.Plain)));
            said.AddRange(result.Verdict.Remarks.Zip(result.Verdict.PlainRemarks));
            said.AddRange(result.Verdict.Standings.Select(standing => (standing.Name, standing.Plain)));
            said.Add((result.Verdict.Sentence, result.Verdict.PlainSentence));
            Assert.HasCount(result.Verdict.Remarks.Count, result.Verdict.PlainRemarks);
            Assert.IsFalse(result.Verdict.Warnings.Any(Option().IsMatch), "warnings name none at all");
        }

        string[] options = [.. said.SelectMany(pair => Option().Matches(pair.Terminal).Select(match => match.Value)).Distinct()];
        foreach (string option in new[] { "--ignore", "--trust", "--repeats", "--test", "--balance", "--task", "--hidden" })
        {
            Assert.Contains(option, options, "the tables are odd enough");
        }

        foreach ((string terminal, string page) in said)
        {
            Assert.IsFalse(Option().IsMatch(page), page);
            Assert.IsFalse(CutOff().IsMatch(page), page);
            Assert.IsGreaterThan(5, page.Length, terminal);
            Assert.AreNotEqual(PlainText.Nothing, page, terminal);
            if (!Option().IsMatch(terminal))
            {
                Assert.AreEqual(terminal, page);
            }
        }
    }

    /// <summary>A rare class, a column that gives it away, one of zeros, one with a number far away, one with gaps, one that is constant, a clock.</summary>
    internal static string Odd(string label)
    {
        StringBuilder text = new($"clock,leak,zeros,far,gaps,same,noise,{label}\n");
        Random random = new(1);
        for (int r = 0; r < 240; r++)
        {
            bool rare = r % 30 is 3 or 4;
            string far = r is 17 or 90 ? "-999" : random.Next(20, 30).ToString(CultureInfo.InvariantCulture);
            string zeros = r / 20 % 2 == 0 ? "0" : random.Next(600, 700).ToString(CultureInfo.InvariantCulture);
            string gaps = r % 11 == 5 ? "" : random.Next(100).ToString(CultureInfo.InvariantCulture);
            text.Append(CultureInfo.InvariantCulture, $"{r},{(rare ? 900 : 100) + random.Next(50)},{zeros},{far},{gaps},5,{random.Next(1000)},{(rare ? "fault" : "ok")}\n");
        }

        return text.ToString();
    }

    private static string Twice()
    {
        string[] lines = [.. Odd("label").TrimEnd('\n').Split('\n')];
        return string.Join('\n', [lines[0], .. lines[1..121], .. lines[41..101], .. lines[121..]]) + "\n";
    }

    private static string Numbers()
    {
        StringBuilder text = new("a,b,label\n");
        Random random = new(1);
        for (int r = 0; r < 120; r++)
        {
            text.Append(CultureInfo.InvariantCulture, $"{random.Next(1000)},{(r / 15 % 3 * 500) + random.Next(40)},{r / 15 % 3}\n");
        }

        return text.ToString();
    }

    [GeneratedRegex(@"(\b(to use it|with|or|and|give|by|to)|[:;,])\.$")]
    private static partial Regex CutOff();

    [GeneratedRegex(@"(?<![\w-])--[a-z]+")]
    private static partial Regex Option();
}
