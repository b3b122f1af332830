using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis.CSharp;
using NeuralEdge.PlantedDefects;

namespace NeuralEdge.Tests.Planting;

/// <summary>The command that plants defects, in small; by itself it takes an hour.</summary>
[TestClass]
public sealed class PlantedDefectTests
{
    private const string Shift = "shared/NeuralEdge.Networks/Numerics/SaturatingShift.cs";

    [TestMethod]
    public void EveryKindIsFoundAndNamed()
    {
        const string source = """
            class C
            {
                bool M(int a, bool b)
                {
                    if (a < 3 && !b)
                    {
                        return true;
                    }

                    a += 2 << 1;
                    a++;
                    M(a - 1, b);
                    return b ? a == 0 : a >= 0;
                }
            }
            """;
        string[] found = [.. Operators.Find("x/y/z.cs", CSharpSyntaxTree.ParseText(source)).Select(defect => $"{defect.Kind}: {defect.Original} => {defect.Replacement}")];
        foreach (string expected in new[]
        {
            "check skipped: if (a < 3 && !b) { return true; } => { }",
            "comparison turned: a < 3 => a >= 3",
            "limit off by one: a < 3 => a <= 3",
            "&& for ||: a < 3 && !b => a < 3 || !b",
            "! dropped: !b => b",
            "flag turned: true => false",
            "statement left out: a += 2 << 1; => ;",
            "+= for -=: a += 2 << 1; => a -= 2 << 1;",
            "<< for >>: 2 << 1 => 2 >> 1",
            "++ for --: a++ => a--",
            "statement left out: M(a - 1, b); => ;",
            "number plus one: 3 => (3 + 1)",
            "condition negated: b => !(b)",
            "comparison turned: a == 0 => a != 0",
        })
        {
            CollectionAssert.Contains(found, expected);
        }
    }

    [TestMethod]
    public void OneDefectShowsAndAnEquivalentOneDoesNot()
    {
        Project project = Project.Load(Repository.Root, "shared/NeuralEdge.Networks/NeuralEdge.Networks.Desktop.csproj");
        List<Defect> all = Operators.Find(Shift, project.Find(Shift)!);
        Defect Find(string original) => all.Single(defect => defect.Kind == "limit off by one" && defect.Original == original);
        const int beyond = (int.MaxValue >> 4) + 1;
        Assert.AreEqual(int.MaxValue, Left(project.With(Find("value < -limit"))!, beyond, 4));
        Assert.AreEqual(beyond << 4, Left(project.With(all.Single(defect => defect.Kind == "check skipped" && defect.Original.StartsWith("if (value > limit)", StringComparison.Ordinal)))!, beyond, 4));
        Assert.IsTrue(project.Takes(Find("value < -limit")));
        Assert.IsFalse(project.Takes(Find("value < -limit") with { Replacement = "nothing" }));
        Assert.AreEqual("Numerics", Find("value < -limit").Folder);

        // Its own file compiles, those that call it do not.
        Defect renamed = new(Shift, "Left", "list", "Left", new(project.Find(Shift)!.ToString().IndexOf("Left(", StringComparison.Ordinal), "Left".Length), "Right");
        Assert.IsTrue(project.Takes(renamed));
        Assert.IsNull(project.With(renamed));
    }

    [TestMethod]
    public void AnArgumentNeedsAReasonAndADefect()
    {
        Defect defect = new("a/b/c/d.cs", "M", "limit off by one", "x < 1", default, "x <= 1");
        ArguedDefects argued = new(["# why", "", "a/b/c/d.cs | M | limit off by one | x < 1", "  because x is even."]);
        Assert.AreEqual("because x is even.", argued[defect]);
        Assert.IsNull(argued[defect with { Which = 2 }]);
        Assert.IsEmpty(argued.Stale([defect]));
        CollectionAssert.AreEqual(new[] { defect.Key }, argued.Stale([]));
        Assert.ThrowsExactly<FormatException>(() => new ArguedDefects([defect.Key]));
        Assert.ThrowsExactly<FormatException>(() => new ArguedDefects(["  because of nothing"]));
    }

    [TestMethod]
    public void AWrittenDefectHasToStandWhereItSays()
    {
        string[] lines = ["= a name", "a/b/c/d.cs", "- x = 1;", "- y();", "+ y();"];
        Defect defect = DefectList.Read(lines, _ => "{\n    x = 1;\n    y();\n}").Single();
        Assert.AreEqual(("a name", "x = 1; y();", "y();"), (defect.Member, defect.Original, defect.Replacement));
        Assert.ThrowsExactly<FormatException>(() => DefectList.Read(lines, _ => "x = 2;"));
        Assert.ThrowsExactly<FormatException>(() => DefectList.Read(lines, _ => "x = 1; y(); x = 1; y();"));
    }

    private static int Left(byte[] image, int value, int bits)
    {
        AssemblyLoadContext context = new("planted", isCollectible: true);
        MethodInfo left = context.LoadFromStream(new MemoryStream(image)).GetType("NeuralEdge.Numerics.SaturatingShift")!.GetMethod("Left")!;
        int result = (int)left.Invoke(null, [value, bits])!;
        context.Unload();
        return result;
    }
}
