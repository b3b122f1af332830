using Microsoft.VisualStudio.TestTools.UnitTesting;
using Mono.Cecil;

namespace NeuralEdge.Tests.DeviceSurface;

/// <summary>
/// A board runs the initialisers of static fields in the order in which it loads assemblies, whichever needs which: one that
/// uses another assembly may find the fields of that still empty.
/// </summary>
[TestClass]
public sealed class StaticInitialiserTests
{
    [TestMethod]
    public void NoInitialiserUsesAnotherDeviceAssembly() =>
        Violations.AssertNone("initialisers of static fields that use another assembly", DeviceBuild.All().SelectMany(build => UsesOfOthers(build.Module)));

    [TestMethod]
    public void OneThatDoesIsFoundBehindAMethodToo()
    {
        const string source = """
            namespace Planted
            {
                public static class Curve
                {
                    public static readonly int[] Here = new int[2];
                    public static readonly int There = Begin();

                    public static int Begin() { return NeuralEdge.Networks.ActivationTable.HeapBytes; }
                    public static int Later() { return NeuralEdge.Networks.ActivationCurve.HeapBytes; }
                }
            }
            """;
        using ModuleDefinition module = DeviceBuild.ModuleOf([source], "shared/NeuralEdge.Networks/NeuralEdge.Networks.nfproj");
        CollectionAssert.AreEqual(new[] { "Planted.Curve: ActivationTable::HeapBytes" }, UsesOfOthers(module).ToArray());
    }

    private static IEnumerable<string> UsesOfOthers(ModuleDefinition module)
    {
        foreach (MethodDefinition first in module.GetTypes().SelectMany(type => type.Methods).Where(method => method.IsConstructor && method.IsStatic))
        {
            HashSet<MethodDefinition> seen = [first];
            Stack<MethodDefinition> open = new(seen);
            while (open.TryPop(out MethodDefinition? method))
            {
                foreach (MemberReference used in method.HasBody ? method.Body.Instructions.Select(instruction => instruction.Operand).OfType<MemberReference>() : [])
                {
                    if (used is MethodDefinition own)
                    {
                        if (seen.Add(own))
                        {
                            open.Push(own);
                        }
                    }
                    else if (used.DeclaringType?.Scope is AssemblyNameReference { Name: var name } && name.StartsWith("NeuralEdge", StringComparison.Ordinal) && name != "NeuralEdge.PlatformLibraries")
                    {
                        yield return $"{first.DeclaringType.FullName}: {used.DeclaringType.Name}::{used.Name}";
                    }
                }
            }
        }
    }
}
