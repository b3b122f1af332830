using NeuralEdge.Board;
using NeuralEdge.Board.Security;
using NeuralEdge.Board.Storage;

namespace NeuralEdge.Tests.Storage;

/// <summary>What happens to the flash of a story besides power cuts.</summary>
public enum StoryKind
{
    /// <summary>Nothing: one to three cuts on a flash that keeps what was closed.</summary>
    Cuts,

    /// <summary>Writes fail before, in the middle of or after their work, say nothing and do nothing, or store another byte; then a cut.</summary>
    Lies,

    /// <summary>The same for a request about keys, and then one of the key files rots.</summary>
    LiesAndRot,

    /// <summary>One file rots, is cut short, emptied, lost, grown or zeroed at its end, while the board is off; and a cut after.</summary>
    Rot,

    /// <summary>Both key files rot.</summary>
    KeysRot,

    /// <summary>Cuts on a flash whose closes commit nothing.</summary>
    LateCommits,

    /// <summary>Everything is lost.</summary>
    Wiped,
}

/// <summary>Faults of the board that a campaign must find.</summary>
public enum StoreFault
{
    /// <summary>None.</summary>
    None,

    /// <summary>Bytes that make no model are run.</summary>
    RunsAnything,

    /// <summary>It falls over a model that is not whole.</summary>
    FallsOver,
}

/// <summary>
/// A history, requests with faults and power cuts among them, and a start after each: what runs, what the keys are, and that
/// nothing throws.
/// </summary>
/// <remarks>
/// Acts: U upload (in half of the cases the one that was interrupted), test and confirm; T without confirming; P half of an
/// upload; R revert; B start again; k new keys (the first, if the board is open); c the same with reading closed; o open again; n a
/// challenge; w a wrong tag; s a higher security number.
/// </remarks>
internal sealed class StorageStory
{
    private const int Chunk = 40;
    private const int MostActs = 12;
    private const string AllActs = "UUUUTPRRBkkcoonnwss";
    private const string KeyActs = "kkcoonnws";

    private static readonly byte[][] Files = [.. Enumerable.Range(0, 12).Select(i => StoreBoard.MakeModel(50 + (i * 7), 1000 + i))];
    private static readonly string[] Names = ["j0.log", "j1.log", "m0.nem", "m1.nem", "k0.key", "k1.key"];
    private static readonly MixedCode Code = new();

    private readonly Random _random;
    private readonly StoreFault _fault;
    private readonly FaultyFlash _flash;
    private readonly LyingFlash _lying;
    private readonly Func<IFileStore, IFileStore>? _plant;
    private readonly ModelJudge _models;
    private readonly KeyJudge _keys;
    private readonly List<char> _acts = [];
    private readonly string _history;
    private readonly FlashModel _model;
    private StoreBoard _board = null!;
    private BoardSecurity _security = null!;
    private int _interrupted;
    private long _uptime;
    private bool _keysHurt;
    private bool _lostCommits;

    public StorageStory(StorageHistory history, Random random, Func<IFileStore, IFileStore>? plant, StoreFault fault, StoryKind? only)
    {
        _random = random;
        _fault = fault;
        int kind = random.Next(100);
        Kind = only ?? (kind < 60 ? StoryKind.Cuts : kind < 76 ? StoryKind.Lies : kind < 81 ? StoryKind.LiesAndRot : kind < 89 ? StoryKind.Rot
            : kind < 91 ? StoryKind.KeysRot : kind < 99 ? StoryKind.LateCommits : StoryKind.Wiped);
        IReadOnlyList<FlashModel> models = Kind == StoryKind.LateCommits ? FlashModels.ThatDoNot : FlashModels.ThatCommit;
        _model = models[random.Next(models.Count)];
        _flash = new FaultyFlash(_model, random);
        foreach ((string name, byte[] content) in history.Files)
        {
            _flash.Files[name] = content;
        }

        _lying = new LyingFlash(_flash, random);
        _plant = plant;
        _models = history.Models.Copy();
        _keys = history.Keys.Copy();
        _history = history.Acts;
        _interrupted = history.Interrupted;
    }

    /// <summary>What happens.</summary>
    public StoryKind Kind { get; }

    /// <summary>Cuts that happened.</summary>
    public int Cuts { get; private set; }

    /// <summary>Those in the middle of a write.</summary>
    public int CutsInWrites { get; private set; }

    /// <summary>Acts without any fault, to begin others with.</summary>
    public StorageHistory TellHistory(int acts)
    {
        Start();
        for (int i = 0; i < acts; i++)
        {
            Act(AllActs);
        }

        return new StorageHistory { Files = new(_flash.Files), Models = _models, Keys = _keys, Acts = string.Concat(_acts), Interrupted = _interrupted };
    }

    /// <summary>Tells the story.</summary>
    /// <returns>What went wrong; null for nothing.</returns>
    public string? Tell()
    {
        try
        {
            Start();
            switch (Kind)
            {
                case StoryKind.Lies:
                    _lying.IllFor = _random.Next(1, 12);
                    Act(AllActs);
                    _lying.IllFor = 0;
                    Cut(_random.Next(2));
                    break;

                case StoryKind.LiesAndRot:
                    _lying.IllFor = _random.Next(1, 6);
                    Act(KeyActs);
                    _lying.IllFor = 0;
                    Rot(Names[_random.Next(4, 6)]);
                    CutIdle();
                    Start(keysMayBeLost: _keysHurt, anyKeys: _keysHurt && IsNothingLeftOfKeys());
                    Act(KeyActs);
                    break;

                case StoryKind.Rot:
                    int file = _random.Next(6);
                    Rot(Names[file]);
                    CutIdle();
                    Start(anyConfirmed: file is 2 or 3);
                    Cut(_random.Next(2));
                    break;

                case StoryKind.KeysRot:
                    KeysRot();
                    break;

                case StoryKind.Wiped:
                    _flash.Files.Clear();
                    CutIdle();
                    Start(anyConfirmed: true, anyKeys: true);
                    Require(_models.Runs == 0 && _security.Keys.Mode == SecurityMode.Open, "an empty flash is a new board");
                    break;

                default:
                    Cut(_random.Next(1, 4));
                    break;
            }

            End();
            return null;
        }
        catch (PromiseBrokenException e)
        {
            return Describe(e.Message);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return Describe($"threw {e.GetType().Name}: {e.Message}");
        }
    }

    private string Describe(string what) => $"{Kind} on {_model}, {_history}|{string.Concat(_acts)}: {what}";

    /// <summary>So many nested cuts, each in the acts, or in the start, after the one before.</summary>
    private void Cut(int cuts)
    {
        for (int i = 0; i < cuts; i++)
        {
            _flash.PowerOn(i > 0 && _random.Next(2) == 0 ? _random.Next(130) : _random.Next(500));
            if (i > 0)
            {
                Start();
            }

            for (int act = 0; act < MostActs && !_flash.Dead; act++)
            {
                Act(AllActs);
            }

            CutsInWrites += _flash.Dead ? 1 : 0;
            _acts.Add('!');
            CutIdle();
        }

        if (cuts > 0)
        {
            _flash.PowerOn();
            Start();
        }
    }

    private void CutIdle()
    {
        if (!_flash.Dead)
        {
            _flash.CutNow();
        }

        Cuts++;
        _lostCommits = Kind == StoryKind.LateCommits;
        _flash.PowerOn();
    }

    /// <summary>Of what is then found nothing is known but this: without a copy nobody is let in, unless nothing of one is left.</summary>
    private void KeysRot()
    {
        bool wasSaved = _flash.Files.ContainsKey("k1.key") && _flash.Files["k1.key"].Length == 104;
        Rot("k0.key", forSure: true);
        Rot("k1.key", forSure: true);
        bool isNothingLeft = IsNothingLeftOfKeys();
        CutIdle();
        Start(keysMayBeLost: wasSaved, anyKeys: isNothingLeft || !wasSaved);
        Require(!wasSaved || isNothingLeft || _security.Keys.Mode == SecurityMode.Lost, $"both copies of the keys are rotten, and the board is {_security.Keys.Mode}");
    }

    /// <summary>No first file, and of the second not even the four bytes that a record begins with: so looks a board that is new.</summary>
    private bool IsNothingLeftOfKeys() => !_flash.Files.ContainsKey("k0.key") && _flash.Files.GetValueOrDefault("k1.key", []).Length < 4;

    /// <summary>One file is not what it was.</summary>
    private void Rot(string name, bool forSure = false)
    {
        if (!_flash.Files.TryGetValue(name, out byte[]? file))
        {
            return;
        }

        byte[] rotten = [.. file];
        switch (_random.Next(forSure ? 4 : 6))
        {
            case 0 when file.Length > 0:
                rotten[_random.Next(file.Length)] ^= (byte)(1 << _random.Next(8));
                _flash.Files[name] = rotten;
                break;
            case 1 when file.Length > 0:
                _flash.Files[name] = rotten[.._random.Next(file.Length)];
                break;
            case 2:
                _flash.Files[name] = [];
                break;
            case 3:
                _flash.Files.Remove(name);
                break;
            case 4:
                _flash.Files[name] = [.. rotten, .. rotten];
                break;
            case 5:
                rotten.AsSpan(_random.Next(file.Length + 1)).Clear();
                _flash.Files[name] = rotten;
                break;
            default:
                _flash.Files.Remove(name);
                break;
        }

        _acts.Add('~');
    }

    /// <summary>A start, and what must be true of it.</summary>
    private void Start(bool anyConfirmed = false, bool keysMayBeLost = false, bool anyKeys = false)
    {
        _uptime = 0;
        _keysHurt = false;
        IFileStore files = _plant?.Invoke(_lying) ?? _lying;
        _security = new BoardSecurity(files, Code);
        _security.Start();
        _board = new StoreBoard(files) { Fault = _fault };
        byte[]? file = _board.Start();
        if (_flash.Dead)
        {
            // The cut came while a copy was restored: no decision.
            return;
        }

        bool isLate = _lostCommits;
        _lostCommits = false;
        int runs = NumberOf(file);
        Require(runs >= 0, "came up with bytes that are no model");
        Require(_models.Start(runs, anyConfirmed || isLate));
        Require(_keys.Start(Keys(), keysMayBeLost, anyKeys || isLate));
    }

    private void Act(string choices)
    {
        char act = choices[_random.Next(choices.Length)];
        _acts.Add(act);
        _uptime += 600_000;
        switch (act)
        {
            case 'U':
                Upload(all: true, confirm: true);
                break;
            case 'T':
                Upload(all: true, confirm: false);
                break;
            case 'P':
                Upload(all: false, confirm: false);
                break;
            case 'R':
                Revert();
                break;
            case 'B':
                // Not while the flash lies: what it says of itself then, the next start may know better.
                _lying.IllFor = 0;
                Start();
                break;
            default:
                KeyAct(act);
                break;
        }
    }

    private void Upload(bool all, bool confirm)
    {
        int number = _interrupted > 0 && _random.Next(2) == 0 ? _interrupted : _random.Next(1, Files.Length);
        byte[] model = Files[number];
        _interrupted = number;

        // Beginning gives up the model that a revert would have led to; resuming does so again, harmlessly.
        RequestStatus begun = _board.Begin(model);
        Judge(begun, p => (p.Runs, 0), mayBeHalfDone: true);
        if (begun != RequestStatus.Ok || _flash.Dead)
        {
            return;
        }

        int upTo = all ? model.Length : model.Length / 2;
        while (_board.Transfer.Received < upTo && _board.Send(model, Chunk))
        {
        }

        if (all && !_flash.Dead && _board.Test() == RequestStatus.Ok && confirm && !_flash.Dead)
        {
            _models.AskedToConfirm(number);
            RequestStatus status = _board.Transfer.Confirm();
            Judge(status, p => (number, p.Runs));
            _interrupted = status == RequestStatus.Ok ? 0 : _interrupted;
        }
    }

    private void Revert()
    {
        bool ofTest = _board.Transfer.State == UploadState.Testing;
        bool ofFactory = _board.Slots.ActiveSlot == ModelSlots.Factory;

        // When the model before cannot be read for a moment, the factory model is what a revert names.
        bool wasIll = _lying.IllFor > 0;
        RequestStatus status = _board.Revert();
        if (status == RequestStatus.Ok && !ofTest && !_flash.Dead)
        {
            _lying.IllFor = 0;
            int runs = NumberOf(_board.Load());
            Require(runs >= 0, "a revert left bytes that are no model at work");
            Require(_models.Reverted(runs, orFactory: wasIll));
            return;
        }

        if (ofTest || ofFactory)
        {
            Judge(status, p => p);
        }
        else if (_flash.Dead || status == RequestStatus.StorageUnknown)
        {
            _models.PerhapsReverted(orFactory: wasIll);
        }
    }

    private void Judge(RequestStatus status, Func<(int Runs, int Before), (int Runs, int Before)> move, bool mayBeHalfDone = false)
    {
        if (_flash.Dead || status == RequestStatus.StorageUnknown || (mayBeHalfDone && status == RequestStatus.StorageFailed))
        {
            _models.PerhapsDone(move);
        }
        else if (status == RequestStatus.Ok)
        {
            _models.Done(move);
        }
    }

    private void KeyAct(char act)
    {
        KeyState before = Keys();
        KeyState after = before;
        RequestStatus status;
        switch (act)
        {
            case 'k' or 'c':
                int given = ++_keys.Given;
                after = new KeyState(act == 'c' ? SecurityMode.ReadingClosed : SecurityMode.Keyed, given, before.Number);
                status = _security.Keys.Provision(KeysOf(given, act == 'c'), 0, KeyedMessages.ProvisionLength);
                break;
            case 'o':
                if (before.Mode == SecurityMode.Open)
                {
                    return;
                }

                after = new KeyState(SecurityMode.Open, 0, before.Number);
                status = _security.Keys.Provision([KeyedMessages.Open], 0, 1);
                break;
            case 's':
                if (before.Mode == SecurityMode.Open)
                {
                    return;
                }

                after = before with { Number = before.Number + 1 };
                status = _security.Keys.RaiseNumber(after.Number);
                break;
            default:
                if (before.Mode == SecurityMode.Open)
                {
                    return;
                }

                status = _security.Requests.Challenge(_uptime);
                if (status == RequestStatus.Ok)
                {
                    Require(_keys.IsNew(_security.Requests.Nonce) || Kind == StoryKind.LateCommits, "a nonce was given before");
                }

                if (act == 'w' && !_flash.Dead)
                {
                    _security.Requests.Check(_uptime, 1, 1, new byte[40], 0, 40, replaces: false);
                    _keysHurt = true;
                }

                break;
        }

        _keysHurt |= status != RequestStatus.Ok;
        if (_flash.Dead)
        {
            _keys.PerhapsDone(after);
            return;
        }

        KeyState now = Keys();
        if (status == RequestStatus.Ok)
        {
            Require(now == after, $"Ok, and the keys are {now} instead of {after}");
            _keys.Done(after);
        }
        else
        {
            // A number may be raised for nothing: the board is then stricter than it need be.
            Require(now == before || (now == after && (status == RequestStatus.StorageUnknown || act == 's')), $"{status}, and the keys are {now}, {before} before");
            if (status == RequestStatus.StorageUnknown || act == 's')
            {
                _keys.PerhapsDone(after);
            }
        }
    }

    /// <summary>The last start, and in a part of the stories all that a board can still be asked for.</summary>
    private void End()
    {
        _flash.PowerOn();
        Start(keysMayBeLost: _security.Keys.Mode == SecurityMode.Lost);
        if (_random.Next(4) != 0)
        {
            return;
        }

        int before = _models.Runs;
        int number = 1 + (before % (Files.Length - 1));
        _interrupted = number;
        Require(_board.UploadAndConfirm(Files[number], Chunk) == RequestStatus.Ok, "the next upload failed");
        _models.AskedToConfirm(number);
        _models.Done(_ => (number, before));
        Start(keysMayBeLost: _security.Keys.Mode == SecurityMode.Lost);
        Require(_board.Revert() == RequestStatus.Ok, "the next revert failed");
        Require(_models.Reverted(NumberOf(_board.Load()), orFactory: false));
        Start(keysMayBeLost: _security.Keys.Mode == SecurityMode.Lost);
        if (_security.Keys.Mode is SecurityMode.Keyed or SecurityMode.ReadingClosed)
        {
            Require(_security.Requests.Challenge(600_000) == RequestStatus.Ok, "no nonce at the end");
            Require(_keys.IsNew(_security.Requests.Nonce) || Kind == StoryKind.LateCommits, "a nonce was given before");
        }
    }

    private KeyState Keys()
    {
        BoardKeys keys = _security.Keys;
        bool hasKeys = keys.Mode is SecurityMode.Keyed or SecurityMode.ReadingClosed;
        return new KeyState(keys.Mode, hasKeys ? BitConverter.ToInt32(keys.Key, 0) : 0, keys.Mode == SecurityMode.Lost ? 0 : keys.SecurityNumber);
    }

    private static byte[] KeysOf(int number, bool closes)
    {
        byte[] data = new byte[KeyedMessages.ProvisionLength];
        data[0] = (byte)(closes ? KeyedMessages.CloseReading : 0);
        BitConverter.TryWriteBytes(data.AsSpan(1), number);
        BitConverter.TryWriteBytes(data.AsSpan(1 + KeyedMessages.KeyLength), ~number);
        BitConverter.TryWriteBytes(data.AsSpan(1 + (2 * KeyedMessages.KeyLength)), number);
        return data;
    }

    private static int NumberOf(byte[]? file)
    {
        if (file is null)
        {
            return 0;
        }

        for (int i = 0; i < Files.Length; i++)
        {
            if (Files[i].AsSpan().SequenceEqual(file))
            {
                return i;
            }
        }

        return -1;
    }

    private static void Require(bool condition, string promise) => Require(condition ? null : promise);

    private static void Require(string? violation)
    {
        if (violation is not null)
        {
            throw new PromiseBrokenException(violation);
        }
    }

    private sealed class PromiseBrokenException(string promise) : Exception(promise);

    /// <summary>A code that mixes its message quickly: the campaign asks whether messages repeat, not whether codes can be forged.</summary>
    private sealed class MixedCode : IMessageAuthentication
    {
        public byte[] Compute(byte[] key, byte[] message)
        {
            ulong state = 0xCBF29CE484222325;
            foreach (byte b in key)
            {
                state = (state ^ b) * 0x100000001B3;
            }

            foreach (byte b in message)
            {
                state = (state ^ b) * 0x100000001B3;
            }

            byte[] code = new byte[KeyedMessages.TagLength];
            for (int i = 0; i < code.Length; i += 8)
            {
                state = (state ^ (state >> 29)) * 0x9E3779B97F4A7C15;
                BitConverter.TryWriteBytes(code.AsSpan(i), state ^ (state >> 32));
            }

            return code;
        }
    }
}
