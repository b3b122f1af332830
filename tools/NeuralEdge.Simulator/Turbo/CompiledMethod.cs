#nullable enable
using System.Reflection;
using NeuralEdge.Networks;
using NeuralEdge.Turbo;

namespace NeuralEdge.Simulator.Turbo;

/// <summary>
/// The one method of an image, found by going through all its tables as the platform does; and, as the platform does not,
/// checking that everything they say fits together.
/// </summary>
internal sealed class CompiledMethod
{
    private const int AssemblyRefs = 0;
    private const int TypeRefs = 1;
    private const int FieldRefs = 2;
    private const int Types = 4;
    private const int Methods = 6;
    private const int CodeTable = 13;
    private const int MethodLength = 16;
    private const int FieldCount = 4;
    private const int Nothing = 0xFFFF;

    /// <summary>Reads an image.</summary>
    /// <exception cref="BadImageException">Something is wrong or not understood.</exception>
    internal CompiledMethod(byte[] image)
    {
        ImageReader reader = new(image);
        foreach (int empty in new[] { 3, 5, 7, 8, 9, 10, 14 })
        {
            _ = reader.Records(empty, 0, 1);
        }

        Type pass = FindBase(reader);
        Fields = FindFields(reader, pass);
        CheckClass(reader);
        int forward = reader.Records(Methods, 2, MethodLength);
        CheckForward(reader, forward, pass);
        StackDepth = reader.Byte(forward + 11);
        Locals = ReadLocals(reader.Signature(reader.Short(forward + 12)), reader.Byte(forward + 10));

        int constructor = forward + MethodLength;
        int end = reader.Start(CodeTable) + reader.Length(CodeTable);
        Start = reader.Start(CodeTable) + reader.Short(forward + 2);
        End = reader.Start(CodeTable) + reader.Short(constructor + 2);
        CheckConstructor(reader, constructor);
        ImageReader.Require(Start == reader.Start(CodeTable) && End > Start && End == end - 1, "methods that are not one behind the other");
        ImageReader.Require(reader.Byte(End) == Opcode.Return, "a constructor that does something");
    }

    /// <summary>Index of the first instruction.</summary>
    internal int Start { get; }

    /// <summary>Index behind the last instruction.</summary>
    internal int End { get; }

    /// <summary>What the method's frame has room for on its stack.</summary>
    internal int StackDepth { get; }

    /// <summary>Declared kinds of the locals.</summary>
    internal ValueKind[] Locals { get; }

    /// <summary>The fields of the base class that the image refers to, in order.</summary>
    internal FieldInfo[] Fields { get; }

    /// <summary>The kind of a field's value.</summary>
    internal static ValueKind KindOf(Type type) =>
        type == typeof(long[]) ? ValueKind.Longs
        : type == typeof(long[][]) ? ValueKind.Tables
        : type == typeof(int[]) ? ValueKind.Ints
        : throw new BadImageException($"a field of type {type.Name}");

    private static Type FindBase(ImageReader reader)
    {
        int assembly = reader.Records(AssemblyRefs, 1, 12);
        Assembly core = typeof(CompiledPass).Assembly;
        Version version = core.GetName().Version!;
        ImageReader.Require(reader.Short(assembly + 2) == 0, "a gap that is not zero");
        ImageReader.Require(reader.Name(reader.Short(assembly)) == core.GetName().Name, "a reference to another assembly");
        ImageReader.Require(
            reader.Short(assembly + 4) == version.Major && reader.Short(assembly + 6) == version.Minor,
            "a reference to another version");
        int type = reader.Records(TypeRefs, 1, 8);
        ImageReader.Require(reader.Number(type + 4) == 0, "a type of no assembly");
        string name = $"{reader.Name(reader.Short(type + 2))}.{reader.Name(reader.Short(type))}";
        Type found = core.GetType(name) ?? throw new BadImageException($"no type {name}");
        ImageReader.Require(found == typeof(CompiledPass), $"{name} as the base class");
        return found;
    }

    private static FieldInfo[] FindFields(ImageReader reader, Type pass)
    {
        int at = reader.Records(FieldRefs, FieldCount, 8);
        FieldInfo[] fields = new FieldInfo[FieldCount];
        for (int f = 0; f < fields.Length; f++, at += 8)
        {
            ImageReader.Require(reader.Short(at + 2) == 0 && reader.Short(at + 6) == 0, "a field of another type");
            string name = reader.Name(reader.Short(at));
            fields[f] = pass.GetField(name, BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
                ?? throw new BadImageException($"no field {name}");
            ReadOnlySpan<byte> signature = reader.Signature(reader.Short(at + 4));
            ImageReader.Require(signature[0] == 0x06, "not a field's signature");
            signature = signature[1..];
            ImageReader.Require(ReadType(ref signature) == KindOf(fields[f].FieldType), $"another type for the field {name}");
        }

        return fields;
    }

    private static void CheckClass(ImageReader reader)
    {
        int at = reader.Records(Types, 1, 24);
        ImageReader.Require(reader.Name(reader.Short(at)) == CodePlan.ClassName && reader.Short(at + 2) == 0, "another name of the class");
        ImageReader.Require(reader.Short(at + 4) == 0x8000, "no base class");
        ImageReader.Require(reader.Short(at + 6) == Nothing && reader.Short(at + 8) == Nothing, "an outer class or interfaces");
        ImageReader.Require(reader.Short(at + 10) == 0 && reader.Byte(at + 12) == 1 && reader.Byte(at + 13) == 1 && reader.Byte(at + 14) == 0, "other numbers of methods");
        ImageReader.Require(reader.Byte(at + 15) == 0x11, "not a class");
        ImageReader.Require(reader.Number(at + 16) == 0 && reader.Short(at + 20) == 0, "fields of its own");
        ImageReader.Require(reader.Short(at + 22) == 0x1081, "other flags of the class");
    }

    private static void CheckForward(ImageReader reader, int at, Type pass)
    {
        MethodInfo overridden = pass.GetMethod(reader.Name(reader.Short(at)), BindingFlags.Instance | BindingFlags.NonPublic)
            ?? throw new BadImageException("a method that overrides none");
        ImageReader.Require(overridden.IsVirtual && overridden.DeclaringType == typeof(Pass), "a method that overrides another");
        ImageReader.Require(reader.Number(at + 4) == 0xC6, "other flags of the method");
        ImageReader.Require(reader.Byte(at + 8) == 0 && reader.Byte(at + 9) == 1, "a result, or another number of arguments");
        ReadOnlySpan<byte> signature = reader.Signature(reader.Short(at + 14));
        ImageReader.Require(signature[0] == 0x20 && signature[1] == 0 && signature[2] == 0, "another signature of the method");
    }

    private static void CheckConstructor(ImageReader reader, int at)
    {
        ImageReader.Require(reader.Name(reader.Short(at)) == ".ctor", "another name of the constructor");
        ImageReader.Require(reader.Number(at + 4) == 0x1486, "other flags of the constructor");
        ImageReader.Require(reader.Byte(at + 8) == 0 && reader.Byte(at + 9) == 1, "a constructor with arguments");
        ImageReader.Require(reader.Byte(at + 10) == 0 && reader.Byte(at + 11) == 0 && reader.Short(at + 12) == Nothing, "a constructor with locals");
        ReadOnlySpan<byte> signature = reader.Signature(reader.Short(at + 14));
        ImageReader.Require(signature[0] == 0x20 && signature[1] == 0 && signature[2] == 0, "another signature of the constructor");
    }

    private static ValueKind[] ReadLocals(ReadOnlySpan<byte> signature, int count)
    {
        ValueKind[] locals = new ValueKind[count];
        for (int i = 0; i < count; i++)
        {
            locals[i] = ReadType(ref signature);
        }

        ImageReader.Require(signature.Length == 0, "more types of locals than locals");
        return locals;
    }

    private static ValueKind ReadType(ref ReadOnlySpan<byte> signature)
    {
        int arrays = 0;
        while (signature.Length > 0 && signature[0] == 0x13)
        {
            arrays++;
            signature = signature[1..];
        }

        ImageReader.Require(signature.Length > 0, "a signature without an end");
        ValueKind kind = (arrays, signature[0]) switch
        {
            (0, 10) => ValueKind.Long,
            (1, 10) => ValueKind.Longs,
            (2, 10) => ValueKind.Tables,
            (1, 7) => ValueKind.Ints,
            _ => throw new BadImageException("a type that no image needs"),
        };
        signature = signature[1..];
        return kind;
    }
}
