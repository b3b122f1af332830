using Microsoft.VisualStudio.TestTools.UnitTesting;
using Mono.Cecil;
using NeuralEdge.Tests.Architecture;

namespace NeuralEdge.Tests.DeviceSurface;

/// <summary>Whatever bears the name of a device library here offers what that library offers, and nothing else.</summary>
[TestClass]
public sealed class PlatformLibraryTests
{
    private const string Folder = "tools/NeuralEdge.PlatformLibraries";

    [TestMethod]
    public void WhatDeviceSourcesAreCompiledAgainstIsInTheLibraryOfItsFolder()
    {
        using ModuleDefinition module = ModuleDefinition.ReadModule(Repository.OutputOf("NeuralEdge.PlatformLibraries", "NeuralEdge.PlatformLibraries.dll"));
        TypeDefinition[] types = [.. module.Types.Where(type => type.IsPublic)];
        Assert.AreNotEqual(0, types.Length);
        foreach (TypeDefinition type in types)
        {
            DeviceApi api = DeviceApi.Of(LibraryOf(type));
            Violations.AssertNone($"not in {LibraryOf(type)}", Extra(type, api));
            Violations.AssertNone(
                "names without all their overloads: the compiler may choose another one on the device",
                type.Methods.Where(method => method.IsPublic && !IsImplied(method)).GroupBy(method => $"{type.FullName}::{method.Name}")
                    .Where(overloads => type.Methods.Count(method => method.Name == overloads.First().Name) != api.Overloads(overloads.Key))
                    .Select(overloads => overloads.Key));
        }
    }

    [TestMethod]
    public void TheSimulatorsStandInsOfferNothingThatTheDeviceDoesNotHave() => AssertStandIns("NeuralEdge.Esp32");

    [TestMethod]
    public void TheStandInOfTheTestFrameworkOffersNothingThatTheDeviceDoesNotHave() => AssertStandIns("NeuralEdge.DeviceTestFramework");

    [TestMethod]
    public void EveryLibraryThatADeviceProjectUsesIsAmongItsPackages() =>
        Violations.AssertNone(
            "used without the package",
            from build in DeviceBuild.All()
            from type in build.Module.GetTypeReferences()
            where type.Scope.Name == "NeuralEdge.PlatformLibraries" && !build.Project.Packages.Keys.Any(id => DevicePackage.All[id].Assembly == LibraryOf(type))
            select $"{build.Project.Path}: {type.FullName} of {LibraryOf(type)}");

    [TestMethod]
    [DataRow("NeuralEdge.Networks.PlatformCheck", "NeuralEdge.Networks")]
    [DataRow("NeuralEdge.PlatformCheck", "NeuralEdge")]
    [DataRow("NeuralEdge.Board.PlatformCheck", "NeuralEdge.Board")]
    [DataRow("NeuralEdge.Turbo.PlatformCheck", "NeuralEdge.Turbo")]
    [DataRow("NeuralEdge.Firmware.PlatformCheck", "NeuralEdge.Firmware")]
    public void TheBuildComparesWithThePlatformAndNotWithTheDesktop(string project, string assembly)
    {
        using ModuleDefinition module = ModuleDefinition.ReadModule(Repository.OutputOf(project, assembly + ".dll"));
        string version = DevicePackage.All["nanoFramework.CoreLibrary"].Version;
        Assert.Contains($"mscorlib, Version={version}.0, Culture=neutral, PublicKeyToken=c07d481e9758c731", module.AssemblyReferences.Select(reference => reference.FullName));
        Violations.AssertNone(
            "references of the desktop",
            module.AssemblyReferences.Select(reference => reference.Name).Where(name => name != "mscorlib" && !name.StartsWith("NeuralEdge", StringComparison.Ordinal)));
    }

    /// <summary>The folder that a type is declared in is the library that it stands for.</summary>
    private static string LibraryOf(TypeReference type)
    {
        if (type.DeclaringType is not null)
        {
            return LibraryOf(type.DeclaringType);
        }

        string[] files = Directory.GetFiles(Repository.PathOf(Folder), type.Name + ".cs", SearchOption.AllDirectories);
        Assert.HasCount(1, files, type.FullName);
        return Path.GetFileName(Path.GetDirectoryName(files[0]))!;
    }

    private static void AssertStandIns(string project)
    {
        // A stand-in is in a folder that bears its namespace.
        string[] namespaces = [.. Directory.EnumerateDirectories(Path.GetDirectoryName(DesktopProject.Of(project).FullPath)!).Select(folder => Path.GetFileName(folder)!)];
        using ModuleDefinition module = ModuleDefinition.ReadModule(Repository.OutputOf(project, project + ".dll"));
        TypeDefinition[] types = [.. module.Types.Where(type => namespaces.Contains(type.Namespace))];
        Assert.AreNotEqual(0, types.Length);
        Violations.AssertNone("not on the device", types.SelectMany(type => Extra(type, DeviceApi.All)));
    }

    /// <summary>Public members that the device does not have. The others are a stand-in's own business.</summary>
    private static IEnumerable<string> Extra(TypeDefinition type, DeviceApi api)
    {
        if (!api.HasType(type.FullName))
        {
            yield return $"type {type.FullName}";
        }

        foreach (MethodDefinition method in type.Methods.Where(method => method.IsPublic && !IsImplied(method)))
        {
            string signature = $"{type.FullName}::{method.Name}({string.Join(',', method.Parameters.Select(parameter => parameter.ParameterType.FullName))})";
            if (!api.HasMethod(signature, method.ReturnType.FullName))
            {
                yield return $"method {signature} {method.ReturnType.FullName}";
            }
        }

        foreach (FieldDefinition field in type.Fields.Where(field => field.IsPublic && !field.IsSpecialName))
        {
            string value = field.HasConstant ? $"{field.FieldType.FullName} = {field.Constant}" : field.FieldType.FullName;
            if (api.Field($"{type.FullName}::{field.Name}") != value)
            {
                yield return $"field {type.FullName}::{field.Name} {value}";
            }
        }
    }

    /// <summary>
    /// A constructor without parameters that nobody wrote, and those of attributes: what the desktop's take besides is
    /// filled in by the compiler.
    /// </summary>
    private static bool IsImplied(MethodDefinition method) =>
        method.IsConstructor && (method.Parameters.Count == 0 || method.DeclaringType.Name.EndsWith("Attribute", StringComparison.Ordinal));
}
