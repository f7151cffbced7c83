# Change at home against change abroad. file_points: two blocks, the rich and the others;
# file_labels: x, y, code and year of the largest changes.
set title chart_title
set xrange [-x_most:x_most]; set yrange [-y_most:y_most]
set xlabel 'change of the gap at home in five years, points'
set ylabel 'change of the gap abroad in five years, points' offset 1,0
set arrow 1 from 0, graph 0 to 0, graph 1 nohead linecolor rgb '#666666'
set arrow 2 from graph 0, first 0 to graph 1, first 0 nohead linecolor rgb '#666666'
set label 1 'home closes, abroad widens' at graph 0.02, graph 0.97 left font ',11' textcolor rgb '#777777'
set label 2 'both widen' at graph 0.98, graph 0.97 right font ',11' textcolor rgb '#777777'
set label 3 'both close' at graph 0.02, graph 0.03 left font ',11' textcolor rgb '#777777'
set label 4 'home widens, abroad closes' at graph 0.98, graph 0.03 right font ',11' textcolor rgb '#777777'
set key at graph 0.98, graph 0.9 right reverse Left samplen 1 opaque
plot file_points using 1:2 index 0 with points pointtype 7 pointsize 0.7 linecolor rgb colour(1) title key_1, \
  '' using 1:2 index 1 with points pointtype 9 pointsize 0.9 linecolor rgb colour(2) title key_2, \
  file_labels using 1:2:(shown(stringcolumn(3))) with labels offset 0,0.8 font ',9' textcolor rgb '#333333' notitle
