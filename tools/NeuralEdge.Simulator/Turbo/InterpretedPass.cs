#nullable enable
using System.Buffers.Binary;
using System.Reflection;
using NeuralEdge.Turbo;

namespace NeuralEdge.Simulator.Turbo;

/// <summary>
/// Runs the method of an image as nanoFramework's interpreter would: from the very bytes, which may be patched between two runs.
/// What the compiler has no business to write is an error, and so is whatever would leave the method's frame.
/// </summary>
/// <remarks>
/// Operations have the type of their left operand. An int in a place leaves beside it what was there before; here that is noise,
/// so that code which depends on it is found.
/// </remarks>
internal sealed class InterpretedPass : CompiledPass
{
    private readonly byte[] _image;
    private readonly CompiledMethod _method;
    private readonly Place[] _arguments = new Place[1];
    private readonly Place[] _locals;
    private readonly bool[] _written;
    private readonly Place[] _stack;
    private ulong _noise = 0x9E3779B97F4A7C15;
    private int _depth;
    private int _at;

    /// <summary>Takes an image over.</summary>
    /// <param name="image">The image, which the interpreter goes on reading.</param>
    /// <exception cref="BadImageException">It is wrong somewhere.</exception>
    internal InterpretedPass(byte[] image)
    {
        _image = image;
        _method = new CompiledMethod(image);
        _locals = new Place[_method.Locals.Length];
        _written = new bool[_locals.Length];
        _stack = new Place[_method.StackDepth];
    }

    /// <summary>Deepest that the stack has been, of what the image asks for.</summary>
    internal int DeepestStack { get; private set; }

    /// <summary>Runs the method.</summary>
    /// <exception cref="BadImageException">The code is wrong.</exception>
    internal override void Forward()
    {
        _arguments[0] = new Place { Kind = ValueKind.Object, Reference = this };
        for (int i = 0; i < _locals.Length; i++)
        {
            _locals[i] = new Place { Kind = _method.Locals[i] };
            _written[i] = false;
        }

        _depth = 0;
        _at = _method.Start;
        while (Step())
        {
        }

        ImageReader.Require(_depth == 0, "values are left on the stack");
        ImageReader.Require(_at == _method.End, "the method ends before its end");

        // The first local is for sums with look-ups; a network may have none.
        ImageReader.Require(_written.Skip(1).All(written => written), "a local that nobody writes");
    }

    private bool Step()
    {
        int opcode = Fetch();
        switch (opcode)
        {
            case Opcode.Return:
                return false;
            case >= Opcode.LoadArgument0 and <= Opcode.LoadArgument0 + 3:
                ImageReader.Require(opcode - Opcode.LoadArgument0 < _arguments.Length, "an argument that there is not");
                Push(_arguments[opcode - Opcode.LoadArgument0]);
                break;
            case Opcode.StoreArgument:
                int argument = Fetch();
                ImageReader.Require(argument < _arguments.Length, "an argument that there is not");
                _arguments[argument] = Pop();
                break;
            case >= Opcode.LoadLocal0 and <= Opcode.LoadLocal0 + 3:
                LoadLocal(opcode - Opcode.LoadLocal0);
                break;
            case Opcode.LoadLocal:
                LoadLocal(Fetch());
                break;
            case >= Opcode.StoreLocal0 and <= Opcode.StoreLocal0 + 3:
                StoreLocal(opcode - Opcode.StoreLocal0);
                break;
            case Opcode.StoreLocal:
                StoreLocal(Fetch());
                break;
            case >= Opcode.LoadInt0 and <= Opcode.LoadInt0 + 8:
                PushInt(opcode - Opcode.LoadInt0);
                break;
            case Opcode.LoadIntByte:
                PushInt((sbyte)Fetch());
                break;
            case Opcode.LoadInt:
                PushInt(BinaryPrimitives.ReadInt32LittleEndian(Fetch(4)));
                break;
            case Opcode.LoadLong:
                Push(new Place { Kind = ValueKind.Long, Bits = BinaryPrimitives.ReadInt64LittleEndian(Fetch(8)) });
                break;
            case Opcode.Duplicate:
                Place top = Pop();
                Push(top);
                Push(top);
                break;
            case Opcode.LoadField:
                LoadField(BinaryPrimitives.ReadUInt16LittleEndian(Fetch(2)));
                break;
            case Opcode.LoadArrayElement:
                LoadElement<long[]>(ValueKind.Tables, ValueKind.Longs);
                break;
            case Opcode.LoadLongElement:
                LoadElement<long>(ValueKind.Longs, ValueKind.Long);
                break;
            case Opcode.LoadIntElement:
                LoadInt();
                break;
            case Opcode.ConvertToLong:
                Place number = PopNumber();
                Push(new Place { Kind = ValueKind.Long, Bits = number.Kind == ValueKind.Int ? number.Low : number.Bits });
                break;
            case Opcode.StoreIntElement:
                StoreElement();
                break;
            default:
                Calculate(opcode);
                break;
        }

        return true;
    }

    private void Calculate(int opcode)
    {
        Place right = PopNumber();
        Place left = PopNumber();
        bool isInt = left.Kind == ValueKind.Int;
        switch (opcode)
        {
            case Opcode.And:
                left.Bits &= right.Bits;
                break;
            case Opcode.Xor:
                left.Bits ^= right.Bits;
                break;
            case Opcode.Add:
                left.Bits = isInt ? Beside(left, left.Low + right.Low) : left.Bits + Whole(right, "add");
                break;
            case Opcode.Subtract:
                // The upper half of the difference is noise where that of the right operand is.
                left.Bits = isInt ? Beside(left, left.Low - right.Low) : left.Bits - right.Bits;
                break;
            case Opcode.Multiply:
                left.Bits = isInt ? Beside(left, left.Low * right.Low) : left.Bits * Whole(right, "mul");
                break;
            case Opcode.ShiftRight:
                left.Bits = isInt ? Beside(left, left.Low >> Shift(right, 32)) : left.Bits >> Shift(right, 64);
                break;
            case Opcode.ShiftRightUnsigned:
                left.Bits = isInt ? Beside(left, left.Low >>> Shift(right, 32)) : left.Bits >>> Shift(right, 64);
                break;
            default:
                throw new BadImageException($"unknown instruction {opcode:X2}");
        }

        Push(left);
    }

    // An int's operation leaves the upper half of its place alone.
    private static long Beside(Place place, int value) => (place.Bits & ~0xFFFFFFFFL) | (uint)value;

    // A sum or a product of 64 bits needs 64 bits on both sides.
    private static long Whole(Place right, string operation)
    {
        ImageReader.Require(right.Kind == ValueKind.Long, $"{operation} of a long and an int");
        return right.Bits;
    }

    private static int Shift(Place right, int bits)
    {
        ImageReader.Require(right.Kind == ValueKind.Int && right.Low >= 0 && right.Low < bits, "a shift by more bits than there are");
        return right.Low;
    }

    private void LoadLocal(int local)
    {
        ImageReader.Require(local < _locals.Length && _written[local], "a local that there is not, or that nobody has written");
        Push(_locals[local]);
    }

    // A local keeps its type when a number is stored.
    private void StoreLocal(int local)
    {
        ImageReader.Require(local < _locals.Length, "a local that there is not");
        Place value = Pop();
        ImageReader.Require(value.Kind == _method.Locals[local], $"local {local} is a {_method.Locals[local]}, not a {value.Kind}");
        _locals[local] = value;
        _written[local] = true;
    }

    private void LoadField(int token)
    {
        ImageReader.Require((token & 0x8000) != 0 && (token & 0x7FFF) < _method.Fields.Length, "a field that there is not");
        ImageReader.Require(Pop().Kind == ValueKind.Object, "a field of something else");
        FieldInfo field = _method.Fields[token & 0x7FFF];
        Push(new Place { Kind = CompiledMethod.KindOf(field.FieldType), Reference = field.GetValue(this) });
    }

    private void LoadElement<T>(ValueKind array, ValueKind element)
    {
        Place index = PopNumber();
        Place from = Pop();
        ImageReader.Require(from.Kind == array, $"an element of a {from.Kind}");
        T value = ((T[])from.Reference!)[index.Low];
        Push(new Place { Kind = element, Bits = value is long bits ? bits : 0, Reference = value is long ? null : value });
    }

    private void LoadInt()
    {
        Place index = PopNumber();
        Place from = Pop();
        ImageReader.Require(from.Kind == ValueKind.Ints, $"an element of a {from.Kind}");
        PushInt(((int[])from.Reference!)[index.Low]);
    }

    private void StoreElement()
    {
        Place value = PopNumber();
        Place index = PopNumber();
        Place to = Pop();
        ImageReader.Require(to.Kind == ValueKind.Ints, $"an element of a {to.Kind}");
        ((int[])to.Reference!)[index.Low] = value.Low;
    }

    private void PushInt(int value)
    {
        _noise ^= _noise << 13;
        _noise ^= _noise >> 7;
        _noise ^= _noise << 17;
        Push(new Place { Kind = ValueKind.Int, Bits = ((long)_noise & ~0xFFFFFFFFL) | (uint)value });
    }

    private void Push(Place value)
    {
        ImageReader.Require(_depth < _stack.Length, "more on the stack than there is room for");
        _stack[_depth++] = value;
        DeepestStack = Math.Max(DeepestStack, _depth);
    }

    private Place Pop()
    {
        ImageReader.Require(_depth > 0, "nothing on the stack");
        return _stack[--_depth];
    }

    private Place PopNumber()
    {
        Place value = Pop();
        ImageReader.Require(value.Kind is ValueKind.Int or ValueKind.Long, $"a {value.Kind} for a number");
        return value;
    }

    private int Fetch()
    {
        ImageReader.Require(_at < _method.End, "code without an end");
        return _image[_at++];
    }

    private ReadOnlySpan<byte> Fetch(int count)
    {
        ImageReader.Require(_at + count <= _method.End, "code without an end");
        _at += count;
        return _image.AsSpan(_at - count, count);
    }
}
