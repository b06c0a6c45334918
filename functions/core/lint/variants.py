"""Traditional and Japanese forms of the characters that the rules' words are written with, and no others.

Built from OpenCC's character tables (TSCharacters, JPShinjitaiCharacters, HKVariants and TWVariants; Apache-2.0),
kept to the characters that occur in a rule's file.
A test names the characters of a new word that are neither here nor known to be written alike.
"""

_OTHERS = (
    "萬與專専業兩両嚴厳個箇為爲麼麽幺書買亞亜產産親僅從従們價価優夥會傳伝體餘傭關関內冊寫準減幾劃則刪別彆"
    "製剰辦務動勵韆華單単卽卻參蔘發髮発髪變変隻衹檯臺颱枱嘆歎喫閤衕後聽聴員週響喚迴團糰団國圖図圏場聲復複"
    "夠頭奬獎奨學實実傢對対導將層屆屬佈蓆幫並併幷倂竝廣広庫開張彈弾強噹當彔錄録態總総恵癒纔釦摺搶護報擇択"
    "損換攝摂攢収効敎數鏇無時顯顕曬晩暫機殺權権條來盃鬆極構標樣様歩毎氣気沒瀏漲滿満點熱狀獨翫現電暢瘋眞著"
    "碼確禮積穩穏筆簽籤類緊糾紅級納綫線組終經経結給絕絶績維縷繳網羣腦脳緻節範薦榮栄葯藥薬獲穫補見觀観規覽"
    "覧計認讓譲訓記講設証證評話該語誤誘說説請諾讀読課謝負財責貨質購費資賞賺讚贊賛贏趕踐轉転輪輕軽邊辺達過"
    "運這進選遙裏裡鈡鍾鐘錢銭鏈銷鎖錯長門間閨聞閱閲隊階際險険麪麫麵麺頁頂項須鬚頓預領題額風馬驗験齊斉"
)
_SIMPLIFIED = (
    "万与专专业两两严严个个为为么么么书买亚亚产产亲仅从从们价价优伙会传传体余佣关关内册写准减几划则删别别"
    "制剩办务动励千华单单即却参参发发发发变变只只台台台台叹叹吃合同后听听员周响唤回团团团国图图圈场声复复"
    "够头奖奖奖学实实家对对导将层届属布席帮并并并并并广广库开张弹弹强当当录录录态总总惠愈才扣折抢护报择择"
    "损换摄摄攒收效教数旋无时显显晒晚暂机杀权权条来杯松极构标样样步每气气没浏涨满满点热状独玩现电畅疯真着"
    "码确礼积稳稳笔签签类紧纠红级纳线线组终经经结给绝绝绩维缕缴网群脑脑致节范荐荣荣药药药获获补见观观规览"
    "览计认让让训记讲设证证评话该语误诱说说请诺读读课谢负财责货质购费资赏赚赞赞赞赢赶践转转轮轻轻边边达过"
    "运这进选遥里里钟钟钟钱钱链销锁错长门间闺闻阅阅队阶际险险面面面面页顶项须须顿预领题额风马验验齐齐"
)
VARIANTS = dict(zip(_OTHERS, _SIMPLIFIED, strict=True))
