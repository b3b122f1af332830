using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.VisualStudio.TestTools.UnitTesting;
using NeuralEdge.Conversion.Boards;
using NeuralEdge.Conversion.Files;
using NeuralEdge.Learning;
using NeuralEdge.Learning.Data;
using NeuralEdge.Tests.Cli;

namespace NeuralEdge.Tests.Documents;

/// <summary>Every C# example of every document is what it is shown for: it compiles, and it runs.</summary>
[TestClass]
public sealed class CSharpExampleTests
{
    // Training takes seconds, but on a busy computer minutes.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private static readonly IReadOnlyList<CSharpExample> Examples = CSharpExample.FindAll();

    [TestMethod]
    public void ExamplesAreFoundWhereTheyMustBe()
    {
        // The ten lines of a person who trains, and the program of one who has an application of their own.
        Assert.IsTrue(Examples.Any(e => e.Document == "tools/NeuralEdge.Learning/README.md" && e.IsForDesktop && !e.IsFragment));
        Assert.IsTrue(Examples.Any(e => e.Document == "shared/NeuralEdge/README.md" && !e.IsForDesktop && !e.IsFragment));
    }

    [TestMethod]
    public void NoFragmentHasAnErrorOfSyntax() =>
        Violations.AssertNone("Fragments that are no C#", Examples.Where(e => e.IsFragment).SelectMany(e => e.SyntaxErrors().Select(error => $"{e}: {error}")));

    [TestMethod]
    public void EveryProgramCompilesAndRunsInAFolderWithTheExamples()
    {
        using Scratch scratch = new();
        scratch.CopyExamples();

        // What an application of one's own reads; made with little work, because its quality is not what is looked at.
        scratch.Write("greenhouse.nedge", Greenhouse());
        int number = 0;
        foreach (CSharpExample example in Examples.Where(e => !e.IsFragment))
        {
            string program = scratch.PathOf($"program{++number}/Example.dll");
            Directory.CreateDirectory(Path.GetDirectoryName(program)!);
            Violations.AssertNone($"{example} does not compile", example.Compile(program));
            foreach (string library in example.Libraries)
            {
                File.Copy(library, Path.Combine(Path.GetDirectoryName(program)!, Path.GetFileName(library)));
            }

            // The same runtime as that of these tests, and no other library than those beside the program.
            File.Copy(Path.Combine(AppContext.BaseDirectory, "NeuralEdge.Cli.runtimeconfig.json"), Path.ChangeExtension(program, ".runtimeconfig.json"));
            ToolResult result = Tool.Run(Tool.DotNet, scratch.Folder, [program], Patience).MustSucceed();
            Assert.AreEqual("", result.Error, $"{example}: {result}");
        }
    }

    /// <summary>What is asked of the greenhouse's model is what a board would answer, too, and not refuse.</summary>
    [TestMethod]
    public void TheValuesOfTheExamplesAreInsideTheRanges()
    {
        ModelInput[] inputs = ModelFile.Parse(Greenhouse(), "greenhouse.nedge").Inputs;
        int rows = 0;
        foreach (CSharpExample example in Examples)
        {
            foreach (Match match in Regex.Matches(example.Text, @"\.Evaluate\((?<values>[-\d., ]+)\)"))
            {
                rows++;
                double[] values = [.. match.Groups["values"].Value.Split(',').Select(text => double.Parse(text, CultureInfo.InvariantCulture))];
                Assert.HasCount(inputs.Length, values);
                for (int i = 0; i < inputs.Length; i++)
                {
                    Assert.IsTrue(inputs[i].Covers(values[i]), $"{example}: {inputs[i].Name} {values[i]} is outside {inputs[i].Minimum}..{inputs[i].Maximum}");
                }
            }
        }

        Assert.IsGreaterThanOrEqualTo(2, rows);
    }

    private static byte[] Greenhouse() => Pipeline.Train(new TrainOptions(Table.Read(Repository.PathOf("tools/examples/greenhouse.csv")), "water", "shade")
    {
        Hyperparameters = new() { Hidden = [4], MaximumEpochs = 20, Starts = 1 },
        Board = BoardFile.Read(Repository.PathOf("tools/examples/greenhouse-board.json")),
        Work = 1e5,
    }).Model.File.Bytes;
}
